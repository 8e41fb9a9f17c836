using BenchmarkDotNet.Attributes;
using Chat.Server.Delivery;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Bench.Micro;

/// <summary>A feed that learns of an entry and tells it to its listeners, whose links take it at once: everything but the sockets.</summary>
[MemoryDiagnoser]
public class FanOut
{
    private Desk _desk = null!;
    private ConversationFeed _feed = null!;
    private Links _links = null!;
    private StoredEntry _entry = null!;

    [Params(100, 5_000)]
    public int Listeners { get; set; }

    [GlobalSetup]
    public async Task Begin()
    {
        _desk = await Desk.Open();
        _entry = await _desk.Append();
        _links = new(Listeners);
        _feed = new(_desk.Conversation, _entry.Seq, new EntryReader(new People(TimeProvider.System)), _desk.Database, NullLogger.Instance);
        for (var number = 0; number < Listeners; number++)
        {
            Connection connection = new($"{number}", _links, TimeSpan.FromSeconds(10), TimeProvider.System, NullLogger.Instance);
            connection.Courier.Release(connection.Courier.Hold(_feed)!, Visibility.Everything, _entry.Seq);
        }
    }

    [GlobalCleanup]
    public async Task End() => await _desk.DisposeAsync();

    [Benchmark]
    public Task AdvanceByOneEntry()
    {
        var told = _links.All();
        _feed.Learn(_entry = _entry with { Seq = _entry.Seq + 1 });
        return told;
    }

    private sealed class Links(int count) : ILink
    {
        private TaskCompletionSource _all = new();
        private int _left;

        public Task All()
        {
            _left = count;
            return (_all = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        public ValueTask Write(Frame frame)
        {
            if (Interlocked.Decrement(ref _left) == 0) _all.SetResult();
            return ValueTask.CompletedTask;
        }

        public void Close(Frame? last, Task callUnderWay) => _all.TrySetException(new InvalidOperationException("A connection was closed."));
    }
}
