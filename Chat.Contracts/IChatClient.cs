namespace Chat.Contracts;

/// <summary>What the hub calls on its clients.</summary>
public interface IChatClient
{
    /// <summary>
    /// Entries were added to one of the caller's conversations; the sending connection gets its own too. Batches of one connection come in
    /// order and without a gap; after a resync one may come twice: ignore what is at or below your cursor, resync when it starts above it.
    /// </summary>
    Task EntriesAppended(EntryBatch batch);

    /// <summary>As <see cref="EntriesAppended"/>, for the caller's inbox.</summary>
    Task InboxAppended(InboxBatch batch);

    /// <summary>Ephemeral: may be lost, is not repeated.</summary>
    Task TypingChanged(TypingNotice notice);

    /// <summary>Ephemeral. Tells of users who share a conversation of at most <see cref="Limits.MembersTold"/> members with the caller.</summary>
    Task PresenceChanged(PresenceNotice notice);

    /// <summary>Ephemeral. Tells of users who share a conversation with the caller.</summary>
    Task ProfileChanged(Profile profile);

    /// <summary>Ephemeral. In conversations of at most <see cref="Limits.MembersTold"/> members.</summary>
    Task ReadMarkMoved(ReadNotice notice);

    /// <summary>From an administrator to every connection.</summary>
    Task Announced(Announcement announcement);

    /// <summary>The connection is closed right after.</summary>
    Task SessionEnded(SessionEnd end);

    /// <summary>The server is about to stop; what was acknowledged is stored. The connection is closed right after.</summary>
    Task ServerClosing(Closing closing);
}
