using System.Collections.Concurrent;
using System.Globalization;
using Chat.Client;
using Chat.Contracts;
using Chat.Tests.EndToEnd;

namespace Chat.Tests.Faults;

/// <summary>
/// What writers were told, against what the transcript says. It reads on from where it last stood, so that a thousand checks of a transcript
/// that grows cost what one costs.
/// </summary>
internal sealed class Ledger(ConversationId conversation)
{
    private const int UnderWay = 8;

    private readonly ConcurrentDictionary<ClientMessageId, long> _acknowledged = [];
    private readonly Dictionary<ClientMessageId, long> _stored = [];
    private readonly Dictionary<string, int> _last = [];
    private long _read;

    public int Acknowledged => _acknowledged.Count;

    public void Acknowledge(ClientMessageId id, long seq) => _acknowledged.TryAdd(id, seq).Should().BeTrue("each draft is answered once");

    /// <summary>A writer with an outbox: the texts are "name 1", "name 2" …, and the next is queued when there are few enough.</summary>
    /// <param name="writer">Logged in.</param>
    /// <param name="enough">Nothing more is queued; what is, is waited for.</param>
    /// <param name="pace">From one message to the next; none where it is left out.</param>
    public async Task Keep(ChatClient writer, CancellationToken enough, TimeSpan pace = default)
    {
        using SemaphoreSlim room = new(UnderWay);
        var place = await writer.ConversationAsync(conversation, CancellationToken.None);
        List<Task> sending = [];
        for (var number = 1; !enough.IsCancellationRequested; number++)
        {
            await room.WaitAsync(CancellationToken.None);
            if (pace > TimeSpan.Zero) await Task.Delay(pace, CancellationToken.None);
            sending.Add(Send(place, $"{writer.Me.UserName} {number}", room));
            if (sending.Find(one => one.IsFaulted) is { } refused) await refused;
            sending.RemoveAll(one => one.IsCompletedSuccessfully);
        }
        await Task.WhenAll(sending);
    }

    /// <summary>Everything that was acknowledged so far is in the transcript, at its place and once; and nobody's messages overtook each other.</summary>
    public async Task Agrees(Guest reader)
    {
        var known = _acknowledged.ToArray();
        await ReadOn(reader);
        foreach (var (id, seq) in known)
            _stored.GetValueOrDefault(id).Should().Be(seq, $"{id} was acknowledged at this place");
    }

    /// <summary>Everybody has finished: what is stored is what was acknowledged.</summary>
    public async Task IsSettled(Guest reader)
    {
        await Agrees(reader);
        _stored.Should().HaveCount(_acknowledged.Count, "nothing is stored that nobody was told of");
    }

    private async Task Send(ChatConversation place, string text, SemaphoreSlim room)
    {
        try
        {
            var stored = await place.SendAsync(text);
            Acknowledge(stored.ClientMessageId, stored.Seq);
        }
        finally
        {
            room.Release();
        }
    }

    private async Task ReadOn(Guest reader)
    {
        while (true)
        {
            var page = await reader.Must<TranscriptPage>(nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = conversation, After = _read, Limit = 200 });
            foreach (var entry in page.Entries)
            {
                entry.Seq.Should().Be(++_read, "the seqs have no gap");
                if (entry is Message message) Note(message);
            }
            if (_read >= page.Head) return;
        }
    }

    private void Note(Message message)
    {
        _stored.TryAdd(message.ClientMessageId, message.Seq).Should().BeTrue($"{message.ClientMessageId} is stored once");
        if (message.Text!.Split(' ') is not [var name, var digits] || !int.TryParse(digits, CultureInfo.InvariantCulture, out var number)) return;
        number.Should().Be(_last.GetValueOrDefault(name) + 1, $"{name} queued it right after the one before");
        _last[name] = number;
    }
}
