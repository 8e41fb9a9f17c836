using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Server.Delivery;

namespace Chat.Tests.Delivery;

/// <summary>A client in the same process: keeps what it is told, and can stop reading.</summary>
internal sealed class RecordingLink : ILink
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _reads = Open();

    public ConcurrentQueue<Frame> Frames { get; } = [];

    public Frame? LastWord { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Done by whoever brings a frame, before it is on its way.</summary>
    public Action<Frame>? Brings { get; set; }

    /// <summary>Every seq it was told of a conversation, entries and holes alike, in the order told.</summary>
    public List<long> SeqsOf(ConversationId conversation) =>
        [.. BatchesOf(conversation).SelectMany(batch => Enumerable.Range((int)batch.From, (int)(batch.To - batch.From + 1)).Select(seq => (long)seq))];

    public List<Entry> EntriesOf(ConversationId conversation) => [.. BatchesOf(conversation).SelectMany(batch => batch.Entries)];

    public IEnumerable<EntryBatch> BatchesOf(ConversationId conversation) =>
        Frames.Select(frame => frame.Argument).OfType<EntryBatch>().Where(batch => batch.Conversation == conversation);

    public void StopReading()
    {
        lock (_lock) _reads = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void ReadAgain()
    {
        lock (_lock) _reads.TrySetResult();
    }

    public async ValueTask Write(Frame frame)
    {
        Brings?.Invoke(frame);
        Task reads;
        lock (_lock) reads = _reads.Task;
        await reads;
        Frames.Enqueue(frame);
    }

    public void Close(Frame? last, Task callUnderWay) => (LastWord, IsClosed) = (last, true);

    private static TaskCompletionSource Open()
    {
        TaskCompletionSource open = new();
        open.SetResult();
        return open;
    }
}
