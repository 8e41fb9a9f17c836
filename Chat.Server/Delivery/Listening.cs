using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>
/// What a connection listens to. Always in this order: join the feed, held; then read from the database where the user stands; then release.
/// So nothing that is committed meanwhile is missed, and nothing is told that the user may not read.
/// </summary>
internal sealed class Listening(
    Feeds feeds, Connections connections, Memberships memberships, People people, HearProfile hearProfile, EntryReader reader, Database database, ILogger<Feed> logger)
{
    /// <summary>Everything live, from the heads on: a connection has logged in.</summary>
    /// <param name="connection">Entered, so that whoever ends its session on this node finds it.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="isLive">Whether its session still holds: asked when the inbox is listened to, where other nodes say what they end.</param>
    public async Task Begin(Connection connection, UserId user, Func<Sql, Task<bool>> isLive)
    {
        await connection.Listening.WaitAsync();
        try
        {
            // The inbox first: a conversation that is added from here on is heard of there.
            var inbox = await feeds.Hold(connection, [TranscriptId.InboxOf(user)], Make);
            var (live, open) = await database.Read(async sql => (await isLive(sql), await memberships.OpenOf(sql, user)));
            if (!live)
            {
                connection.End(SessionEndReason.Ended);
                return;
            }
            var (inboxHead, places) = await Hold(connection, user, open);
            foreach (var place in places) Release(connection, place, place.Head);
            foreach (var cursor in inbox.Values) Release(connection, cursor, inboxHead, Visibility.Everything, inboxHead);
        }
        catch
        {
            // It would go on half listening; closed, its client comes back and says what it holds.
            connection.Close(null);
            throw;
        }
        finally
        {
            connection.Listening.Release();
        }
    }

    /// <summary>Sets cursors back to where the client is, and says from where on it will be told.</summary>
    public async Task<ResyncResult> Resync(Connection connection, UserId user, Resync request)
    {
        await connection.Listening.WaitAsync();
        try
        {
            // Only what the user has ever been in: the rest is left out of the answer, and makes no feed.
            var known = await database.Read(sql => memberships.Of(sql, [.. request.Have.Keys], user));
            var (inboxHead, places) = await Hold(connection, user, known.Keys);
            List<Resynced> resynced = [];
            foreach (var place in places)
            {
                var start = Start.Of(request.Have[place.Conversation], IsThisHistory(request), place.Visibility.First, place.Visibility.HeadOf(place.Head));
                Release(connection, place, start.Position);
                resynced.Add(new(place.Conversation, start.Position + 1, start.Head) { Reset = start.Reset, Skipped = start.Skipped });
            }
            return new(database.Epoch, resynced, await ResyncInbox(connection, user, request, inboxHead));
        }
        catch
        {
            // It would go on half listening; closed, its client comes back and says what it holds.
            connection.Close(null);
            throw;
        }
        finally
        {
            connection.Listening.Release();
        }
    }

    /// <summary>What an entry of an inbox makes of the user's connections here.</summary>
    private async ValueTask Happen(UserId user, StoredEntry stored, InboxEntry entry)
    {
        switch (entry)
        {
            case ConversationAdded added:
                foreach (var connection in connections.Of(user)) await Add(connection, user, added);
                break;
            case SessionsEnded ended:
                connections.End([.. ended.Sessions], ended.Reason);
                break;
            case ProfileEdited:
                people.Forget(stored.Author);
                await hearProfile(user);
                break;
        }
    }

    private async Task Add(Connection connection, UserId user, ConversationAdded added)
    {
        await connection.Listening.WaitAsync();
        try
        {
            var (_, places) = await Hold(connection, user, [added.Conversation]);
            foreach (var place in places) Release(connection, place, place.Cursor.HasPlace ? null : added.JoinedSeq - 1);
        }
        catch
        {
            // It would go on half listening; closed, its client comes back and says what it holds.
            connection.Close(null);
            throw;
        }
        finally
        {
            connection.Listening.Release();
        }
    }

    private async Task<(long InboxHead, List<Place> Places)> Hold(Connection connection, UserId user, IReadOnlyCollection<ConversationId> conversations)
    {
        var cursors = await feeds.Hold(connection, [.. conversations], Make);
        return await database.Read(async sql =>
        {
            var seen = await memberships.Of(sql, conversations, user);
            var heads = await Transcript.Heads(sql, [TranscriptId.InboxOf(user), .. cursors.Keys]);
            return (heads[TranscriptId.InboxOf(user)],
                cursors.Select(held => new Place(new(held.Key.Value), held.Value, seen[new(held.Key.Value)], heads[held.Key])).ToList());
        });
    }

    private async Task<InboxResynced?> ResyncInbox(Connection connection, UserId user, Resync request, long head)
    {
        if (request.InboxSeq is not { } have) return null;
        var start = Start.Of(have, IsThisHistory(request), 1, head);
        foreach (var cursor in (await feeds.Hold(connection, [TranscriptId.InboxOf(user)], Make)).Values)
            Release(connection, cursor, head, Visibility.Everything, start.Position);
        return new(start.Position + 1, head) { Reset = start.Reset, Skipped = start.Skipped };
    }

    private bool IsThisHistory(Resync request) => request.Epoch == database.Epoch;

    private static void Release(Connection connection, Place place, long? position) =>
        Release(connection, place.Cursor, place.Head, place.Visibility, position);

    // Hearing the head first: what was committed between the joining and the reading is processed for this cursor, too.
    private static void Release(Connection connection, Cursor cursor, long head, Visibility visibility, long? position)
    {
        cursor.Feed.Hear(head);
        connection.Courier.Release(cursor, visibility, position);
    }

    private Feed Make(TranscriptId id, long head) => id.User is { } user
        ? new InboxFeed(user, head, (stored, entry) => Happen(user, stored, entry), database, logger)
        : new ConversationFeed(new(id.Value), head, reader, database, logger);

    private sealed record Place(ConversationId Conversation, Cursor Cursor, Visibility Visibility, long Head);
}
