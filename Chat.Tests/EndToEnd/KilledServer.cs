using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>The real process, ended in the middle of its work.</summary>
public sealed class KilledServer
{
    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_afterwards_once()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Guest.Register(server.Url, $"writer-{number}")));
        var plans = await writers[0].StartConference("Plans", "writer-1", "writer-2", "writer-3");
        ConcurrentDictionary<ClientMessageId, long> acknowledged = [];

        for (var round = 0; round < 3; round++)
        {
            var sending = writers.Select(writer => SendUntilItFails(writer, plans, acknowledged)).ToList();
            var goal = acknowledged.Count + 100;
            await Eventually.Is(() => acknowledged.Count >= goal, "a hundred more were acknowledged");
            server.Kill();
            await Task.WhenAll(sending);
            await server.Restart();
            writers = await Task.WhenAll(writers.Select(writer => Guest.Resume(server.Url, writer.Session.Token!)));
        }

        var entries = await writers[0].ReadAll(plans);
        entries.Select(entry => entry.Seq).Should().Equal(Enumerable.Range(1, entries.Count).Select(seq => (long)seq));
        var stored = entries.OfType<Message>().ToList();
        stored.Select(message => message.ClientMessageId).Should().OnlyHaveUniqueItems();
        stored.Where(message => acknowledged.ContainsKey(message.ClientMessageId)).ToDictionary(message => message.ClientMessageId, message => message.Seq)
            .Should().Equal(acknowledged);
    }

    [Fact]
    public async Task A_server_that_is_asked_to_stop_says_when_to_come_back_and_loses_nothing()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using var ann = await Guest.Register(server.Url, "ann");
        ConcurrentDictionary<ClientMessageId, long> acknowledged = [];
        var sending = SendUntilItFails(ann, ann.Session.Lobby!.Value, acknowledged);
        await Eventually.Is(() => acknowledged.Count >= 50, "fifty were acknowledged");

        (await server.Stop()).Should().Be(0);

        await sending;
        await ann.Closed.WaitAsync(TimeSpan.FromSeconds(20));
        ann.Heard.OfType<Closing>().Should().ContainSingle().Which.ReconnectAfterMs.Should().BePositive();
        await server.Restart();
        await using var back = await Guest.Resume(server.Url, ann.Session.Token!);
        (await back.ReadAll(back.Session.Lobby!.Value)).OfType<Message>().Select(message => message.ClientMessageId).Should().Contain(acknowledged.Keys);
    }

    private static async Task SendUntilItFails(Guest guest, ConversationId conversation, ConcurrentDictionary<ClientMessageId, long> acknowledged)
    {
        while (true)
        {
            var id = ClientMessageId.New(TimeProvider.System);
            try
            {
                if (await guest.Send(conversation, "hello", id) is not { Ok: true, Value: { } receipt }) return;
                acknowledged[id] = receipt.Seq;
            }
            catch (Exception exception) when (exception is not InvalidCastException)
            {
                return; // the connection is gone
            }
        }
    }
}
