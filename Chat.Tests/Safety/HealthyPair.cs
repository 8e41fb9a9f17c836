using System.Diagnostics;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Faults;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>
/// Two on stock clients who go on talking, ten messages a second, whatever others do to the server. What is refused for a while is sent again,
/// as every client does.
/// </summary>
internal sealed class HealthyPair(Guest ann, Guest bob, ConversationId theirs) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _enough = new();
    private readonly List<Receipt> _stored = [];
    private readonly List<double> _times = [];
    private Task _talking = Task.CompletedTask;

    public static async Task<HealthyPair> Begin(string url)
    {
        var ann = await Guest.Register(url, "ann.healthy");
        var bob = await Guest.Register(url, "bob.healthy");
        var theirs = await ann.Must<Conversation>(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = "bob.healthy" });
        HealthyPair pair = new(ann, bob, theirs.ConversationId);
        pair._talking = pair.Talk();
        return pair;
    }

    /// <summary>So far.</summary>
    public int Stored => Volatile.Read(ref _count);

    private int _count;

    /// <summary>They go on for a second more, and nothing of what they said was lost, doubled or in the wrong place. What it took, to be printed.</summary>
    public async Task<string> End()
    {
        var stored = Stored;
        await Eventually.Is(() => _talking.IsCompleted || Stored >= stored + 10, "the healthy pair goes on", Patience);
        await _enough.CancelAsync();
        await _talking;

        bob.SeqsOf(theirs).Where(seq => seq > 1).Should().Equal(_stored.Select(receipt => receipt.Seq), "bob hears each message once, in order");
        (await ann.ReadAll(theirs)).OfType<Message>().Select(message => message.Text).Should().Equal(Enumerable.Range(0, _stored.Count).Select(number => $"{number}"));
        return $"the healthy pair sent {_stored.Count}, lost 0; median {_times.Percentile(50):0} ms, p99 {_times.Percentile(99):0} ms, slowest {_times.Max():0} ms";
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await ann.DisposeAsync();
        await bob.DisposeAsync();
        _enough.Dispose();
    }

    private async Task Talk()
    {
        using PeriodicTimer beat = new(Beat);
        while (!_enough.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            var receipt = await Send($"{_stored.Count}");
            await Eventually.Is(() => bob.Heard.OfType<EntryBatch>().LastOrDefault(batch => batch.Conversation == theirs)?.Entries[^1].Seq >= receipt.Seq, "bob hears it", Patience);
            _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            _stored.Add(receipt);
            Volatile.Write(ref _count, _stored.Count);
            await beat.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<Receipt> Send(string text)
    {
        var id = ClientMessageId.New(TimeProvider.System);
        while (true)
        {
            var answer = await ann.Send(theirs, text, id);
            if (answer.Ok) return answer.Value;
            answer.Refusal.Retryable.Should().BeTrue($"{answer.Refusal.Name} is nothing for honest people");
            await Task.Delay(Beat, CancellationToken.None);
        }
    }
}
