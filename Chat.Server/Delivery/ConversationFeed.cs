using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>A conversation's feed: whoever leaves or is removed hears that entry last.</summary>
internal sealed class ConversationFeed(ConversationId id, long head, EntryReader reader, Database database, ILogger logger)
    : Feed(id, head, database, logger)
{
    protected override ValueTask Process(StoredEntry entry)
    {
        if (entry.Kind == EntryKind.Left) End(entry.Author, entry.Seq);
        if (entry.Kind == EntryKind.Removed) End(entry.Parts.Member!.Value, entry.Seq);
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<Frame> Encode(long from, long to, IReadOnlyList<StoredEntry> entries, IReadOnlyList<Hole> holes)
    {
        var wire = reader.ToWireIfKnown(entries) ?? await Database.Read(sql => reader.ToWire(sql, entries));
        return new(nameof(IChatClient.EntriesAppended), new EntryBatch(id, Database.Epoch, from, to, wire, holes));
    }

    private void End(UserId user, long seq)
    {
        foreach (var listener in Listeners())
        {
            if (listener.Connection.User == user) listener.Connection.Courier.End(listener, seq);
        }
    }
}
