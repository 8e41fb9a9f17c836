namespace Chat.Contracts;

public sealed record SendMessage
{
    public required ConversationId Conversation { get; init; }

    /// <summary>The same draft sent again with the same id is stored once and answered the same.</summary>
    public required ClientMessageId ClientMessageId { get; init; }

    /// <summary>1 to <see cref="Limits.TextLength"/> bytes of UTF-8, not only white space or invisible characters.</summary>
    public required string Text { get; init; }

    /// <summary>The seq of a message in the same conversation that the caller may read.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>At most <see cref="Limits.Mentions"/> user names; who is not a member is passed over.</summary>
    public IReadOnlyList<string>? Mentions { get; init; }
}

/// <summary>Where a draft was stored: on disk before this is answered.</summary>
/// <param name="Repeated">The draft had been stored by an earlier try.</param>
public sealed record Receipt(ConversationId Conversation, long Seq, DateTimeOffset SentAt, bool Repeated);

public sealed record EditMessage
{
    public required ConversationId Conversation { get; init; }
    public required long Seq { get; init; }
    public required ClientMessageId ClientMessageId { get; init; }
    public required string Text { get; init; }
}

public sealed record DeleteMessage
{
    public required ConversationId Conversation { get; init; }
    public required long Seq { get; init; }
    public required ClientMessageId ClientMessageId { get; init; }
}

public sealed record React
{
    public required ConversationId Conversation { get; init; }
    public required long Seq { get; init; }
    public required ClientMessageId ClientMessageId { get; init; }

    /// <summary>One emoji, at most <see cref="Limits.EmojiLength"/> bytes of UTF-8.</summary>
    public required string Emoji { get; init; }
}

public sealed record Unreact
{
    public required ConversationId Conversation { get; init; }
    public required long Seq { get; init; }
    public required ClientMessageId ClientMessageId { get; init; }
    public required string Emoji { get; init; }
}

/// <summary>One page: the entries below <see cref="Before"/>, or above <see cref="After"/>, or with neither the newest.</summary>
public sealed record ReadTranscript
{
    public required ConversationId Conversation { get; init; }
    public long? Before { get; init; }
    public long? After { get; init; }

    /// <summary>1 to <see cref="Limits.PageOfEntries"/>; 50 when left out.</summary>
    public int? Limit { get; init; }
}

/// <summary>
/// A stretch of a transcript, each seq from <see cref="From"/> to <see cref="To"/> either among the entries or in a hole.
/// Messages carry their text, reactions and edit time as they are now. Empty when <see cref="To"/> lies below <see cref="From"/>.
/// Beyond 256 KB of text it ends before its limit, with at least one entry.
/// </summary>
/// <param name="Head">The highest seq that the caller may read.</param>
public sealed record TranscriptPage(
    ConversationId Conversation, string Epoch, long From, long To, IReadOnlyList<Entry> Entries, IReadOnlyList<Hole> Holes, long Head);

/// <summary>Seqs that exist but are not for the caller, both ends included.</summary>
public sealed record Hole(long From, long To);

/// <summary>Moves the caller's read mark up to <see cref="Seq"/>; never down, never above the head.</summary>
public sealed record MarkRead
{
    public required ConversationId Conversation { get; init; }
    public required long Seq { get; init; }
}

public sealed record ReadMark(ConversationId Conversation, long Seq);

public sealed record Typing
{
    public required ConversationId Conversation { get; init; }
}

/// <summary>Asks for everything above the places the client holds. Repeatable; at most <see cref="Limits.ResyncedPerCall"/> conversations a call.</summary>
public sealed record Resync
{
    /// <summary>The epoch that the places belong to.</summary>
    public required string Epoch { get; init; }

    public required IReadOnlyDictionary<ConversationId, long> Have { get; init; }

    /// <summary>Left out, the inbox is not asked for.</summary>
    public long? InboxSeq { get; init; }
}

/// <param name="From">What comes by events starts here.</param>
public sealed record Resynced(ConversationId Conversation, long From, long Head)
{
    /// <summary>The client's place does not belong to this history: drop what is held and start at <see cref="From"/>.</summary>
    public bool? Reset { get; init; }

    /// <summary>Seqs between the client's place and <see cref="From"/>, to be read by <c>ReadTranscript</c> when wanted.</summary>
    public Hole? Skipped { get; init; }
}

/// <param name="Inbox">The same for the caller's inbox, whose skipped part is made good by <c>ListConversations</c>.</param>
public sealed record ResyncResult(string Epoch, IReadOnlyList<Resynced> Conversations, InboxResynced? Inbox);

public sealed record InboxResynced(long From, long Head)
{
    public bool? Reset { get; init; }
    public Hole? Skipped { get; init; }
}
