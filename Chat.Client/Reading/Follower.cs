using System.Threading.Channels;
using Chat.Contracts;

namespace Chat.Client.Reading;

/// <summary>
/// How far one reader has come in one conversation, and what was told since. It promises:
/// 1. what is taken from it comes in order of seq, each once, with no gap;
/// 2. it holds at most <paramref name="room"/> entries: a reader who falls behind reads the rest from the transcript;
/// 3. telling it never waits.
/// </summary>
internal sealed class Follower(ConversationId conversation, int room)
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Guarded by the lock.
    private readonly Queue<Told> _waiting = [];
    private int _entries;
    private string? _epoch;
    private long? _position;
    private long _head;

    /// <param name="after">The reader wants what comes behind this seq.</param>
    public Follower(ConversationId conversation, long after, int room) : this(conversation, room) => _position = after;

    public ConversationId Conversation => conversation;

    /// <summary>The seq behind which to read the transcript, where more exists than waits here; null where nothing has to be read.</summary>
    public long? Missing
    {
        get
        {
            lock (_lock) return _head > _position ? _position : null;
        }
    }

    public void Offer(Told told)
    {
        lock (_lock)
        {
            if (_epoch is not null && told.Epoch != _epoch) Restart(told);
            _head = Math.Max(_head, told.To);
            _entries += told.Entries.Count;
            _waiting.Enqueue(told);
            if (_entries > room) Drop();
        }
        Ring();
    }

    /// <summary>There is something up to this seq, although it was not told.</summary>
    public void Hear(long head)
    {
        lock (_lock) _head = Math.Max(_head, head);
        Ring();
    }

    /// <summary>The reader has read this page, and wants what comes behind it.</summary>
    public void Start(TranscriptPage page)
    {
        lock (_lock) (_epoch, _position, _head) = (page.Epoch, page.To, Math.Max(_head, page.Head));
    }

    /// <summary>What comes next, where it waits here.</summary>
    public IReadOnlyList<Entry>? Take()
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out var told) && (told.Epoch != (_epoch ?? told.Epoch) || told.From <= _position + 1))
            {
                _waiting.Dequeue();
                _entries -= told.Entries.Count;
                if (told.Epoch == (_epoch ?? told.Epoch) && told.To > _position) return Advance(told);
            }
            return null;
        }
    }

    /// <summary>What comes next, as read from the transcript.</summary>
    public IReadOnlyList<Entry> Take(Told page)
    {
        lock (_lock)
        {
            if (_epoch is not null && page.Epoch != _epoch) Restart(page);

            // What was told of is not there any more: an older backup was restored, or the reader may not see it after all.
            if (page.To <= _position) _head = page.To;
            return Advance(page);
        }
    }

    /// <summary>Waits until there may be more.</summary>
    /// <exception cref="Exception">Whatever <see cref="End"/> was given.</exception>
    public async ValueTask Rung(CancellationToken cancel)
    {
        await _bell.Reader.WaitToReadAsync(cancel).ConfigureAwait(false);
        _bell.Reader.TryRead(out _);
    }

    public void End(Exception why) => _bell.Writer.TryComplete(why);

    private void Ring() => _bell.Writer.TryWrite(true);

    private IReadOnlyList<Entry> Advance(Told told)
    {
        var next = told.From > _position ? told.Entries : [.. told.Entries.Where(entry => entry.Seq > _position)];
        _position = Math.Max(_position ?? 0, told.To);
        _epoch = told.Epoch;
        return next;
    }

    // The numbers of another history mean nothing: it is read from where it is told.
    private void Restart(Told told)
    {
        Drop();
        (_epoch, _position, _head) = (told.Epoch, told.From - 1, 0);
    }

    private void Drop()
    {
        _waiting.Clear();
        _entries = 0;
    }
}
