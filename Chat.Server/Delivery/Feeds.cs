using System.Collections.Concurrent;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>The feeds that somebody on this node listens to, and the ways by which they hear of new entries: commits here, hints, the sweep.</summary>
internal sealed class Feeds
{
    private const int SweptAtOnce = 500;

    private readonly ConcurrentDictionary<TranscriptId, Feed> _feeds = [];
    private readonly Database _database;
    private readonly IBus _bus;

    public Feeds(Transcript transcript, Database database, IBus bus)
    {
        _database = database;
        _bus = bus;
        transcript.Committed += Learn;
        bus.Heard += hint => Find(hint.Transcript)?.Hear(hint.Head);
    }

    public Feed? Find(TranscriptId id) => _feeds.GetValueOrDefault(id);

    /// <summary>
    /// Listens, held: whatever is committed from now on is processed for these cursors. What was before, the caller reads afterwards.
    /// None where the connection has closed.
    /// </summary>
    public async Task<Dictionary<TranscriptId, Cursor>> Hold(Connection connection, IReadOnlyCollection<TranscriptId> ids, Func<TranscriptId, long, Feed> make)
    {
        Dictionary<TranscriptId, Cursor> held = [];
        while (!connection.IsClosed && held.Count < ids.Count)
        {
            List<TranscriptId> open = [.. ids.Where(id => !held.ContainsKey(id))];
            await Make([.. open.Where(id => !_feeds.ContainsKey(id))], make);
            foreach (var id in open)
            {
                if (Find(id) is { } feed && connection.Courier.Hold(feed) is { } cursor) held.Add(id, cursor);
            }
        }
        return held;
    }

    /// <summary>Asks for the heads of everything listened to, so that delivery is complete even when no hint arrives.</summary>
    public async Task Sweep()
    {
        foreach (var (id, feed) in _feeds)
        {
            if (feed.Retire()) _feeds.TryRemove(new(id, feed));
        }
        foreach (var ids in _feeds.Keys.Chunk(SweptAtOnce))
        {
            foreach (var (id, head) in await _database.Read(sql => Transcript.Heads(sql, ids))) Find(id)?.Hear(head);
        }
    }

    private async Task Make(List<TranscriptId> ids, Func<TranscriptId, long, Feed> make)
    {
        if (ids.Count == 0) return;
        foreach (var (id, head) in await _database.Read(sql => Transcript.Heads(sql, ids))) _feeds.TryAdd(id, make(id, head));
    }

    private void Learn(StoredEntry entry)
    {
        Find(entry.Transcript)?.Learn(entry);
        _bus.Tell(new Hint(entry.Transcript, entry.Seq));
    }
}
