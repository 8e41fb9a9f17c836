using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>A user's inbox: what it says of conversations and sessions happens to the user's connections on this node.</summary>
internal sealed class InboxFeed(UserId user, long head, Func<StoredEntry, InboxEntry, ValueTask> happen, Database database, ILogger logger)
    : Feed(TranscriptId.InboxOf(user), head, database, logger)
{
    protected override ValueTask Process(StoredEntry entry) => happen(entry, entry.InboxEntry);

    protected override ValueTask<Frame> Encode(long from, long to, IReadOnlyList<StoredEntry> entries, IReadOnlyList<Hole> holes) =>
        ValueTask.FromResult(new Frame(
            nameof(IChatClient.InboxAppended), new InboxBatch(Database.Epoch, from, to, [.. entries.Select(entry => entry.InboxEntry)])));
}
