using Chat.Client;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

/// <summary>A real server, killed as a power cut kills it, while people write and read.</summary>
public sealed class ThroughKills
{
    [Fact]
    public async Task The_loop_prints_each_seq_once_and_what_was_sent_offline_comes_once_and_in_order()
    {
        await using var server = await ServerProcess.Start(Sdk.NoLimits);
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        await using var cyd = await Sdk.Register(server.Url, "cyd");
        var plans = await ann.StartConferenceAsync("Plans", ["bob", "cyd"]).Soon();
        using CancellationTokenSource enough = new();
        List<Message> printed = [];
        var loop = Print(plans, printed, enough.Token);
        var others = Task.WhenAll(Write(bob, plans.Id, "bob", 100, Task.CompletedTask), Write(cyd, plans.Id, "cyd", 100, Task.CompletedTask));

        await Eventually.Is(() => printed.Count > 20, "the loop prints");
        server.Kill();
        await ann.Becomes(ChatState.Reconnecting);
        var offline = Enumerable.Range(1, 5).Select(number => plans.SendAsync($"offline {number}")).ToList();
        await server.Restart();
        await Task.WhenAll([others, .. offline]).WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.Is(() => printed.Count >= 205, "everything is printed");
        await enough.CancelAsync();
        await loop.Soon();

        printed.Select(message => message.Seq).Should().Equal(Enumerable.Range(2, 205).Select(seq => (long)seq), "the beginning is entry 1");
        printed.Texts().Where(text => text!.StartsWith("offline", StringComparison.Ordinal)).Should().Equal(Enumerable.Range(1, 5).Select(number => $"offline {number}"));
    }

    [Fact]
    public async Task Ten_thousand_messages_and_five_kills()
    {
        const int each = 1_000;
        const int all = 10 * each;
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using var reader = await Sdk.Register(server.Url, "reader");
        var names = Enumerable.Range(0, 10).Select(number => $"writer{number}").ToArray();
        var writers = await Task.WhenAll(names.Select(name => Sdk.Register(server.Url, name)));
        using CancellationTokenSource enough = new();
        List<Message> printed = [];
        List<Message> handled = [];
        using var handling = reader.OnMessage((_, message) => handled.Add(message));
        var loop = Print(reader.Lobby, printed, enough.Token);

        // A kill lies between one fifth of the messages and the next, with some under way.
        var fifths = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToArray();
        var writing = Task.WhenAll(writers.Zip(names, (writer, name) => Write(writer, writer.Lobby.Id, name, each, [.. fifths.Select(fifth => fifth.Task)])));
        foreach (var (number, fifth) in fifths.Index())
        {
            fifth.SetResult();
            await Eventually.Is(() => printed.Count > number * all / 5 + all / 20, "messages come", TimeSpan.FromSeconds(90));
            await server.Restart();
        }
        await writing.WaitAsync(TimeSpan.FromMinutes(2));
        await Eventually.Is(() => printed.Count >= all && handled.Count >= all, "everything is read", TimeSpan.FromSeconds(60));
        await enough.CancelAsync();
        await loop.Soon();
        foreach (var writer in writers) await writer.DisposeAsync();

        printed.Select(message => message.Seq).Should().Equal(Enumerable.Range(1, all).Select(seq => (long)seq));
        handled.Select(message => message.Seq).Should().Equal(printed.Select(message => message.Seq), "a handler hears what a loop reads");
        foreach (var name in names)
            printed.Where(message => message.Author.UserName == name).Texts().Should().Equal(Enumerable.Range(1, each).Select(number => $"{name} {number}"));
    }

    [Fact]
    public async Task A_hundred_messages_sent_offline_are_stored_once_each_in_order()
    {
        await using var server = await ServerProcess.Start(Sdk.NoLimits);
        await using var ann = await Sdk.Register(server.Url, "ann");
        server.Kill();
        await ann.Becomes(ChatState.Reconnecting);

        var sending = Enumerable.Range(1, 100).Select(number => ann.Lobby.SendAsync($"{number}")).ToList();
        await server.Restart();
        var stored = await Task.WhenAll(sending).WaitAsync(TimeSpan.FromSeconds(60));

        stored.Select(one => one.Seq).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        (await Everything(ann.Lobby).Soon()).Texts().Should().Equal(Enumerable.Range(1, 100).Select(number => $"{number}"));
    }

    private static async Task<List<Message>> Everything(ChatConversation conversation)
    {
        List<Message> messages = [];
        await foreach (var entry in conversation.HistoryAfterAsync(0))
        {
            if (entry is Message message) messages.Add(message);
        }
        return messages;
    }

    private static async Task Print(ChatConversation conversation, List<Message> printed, CancellationToken cancel)
    {
        try
        {
            await foreach (var message in conversation.MessagesAsync(cancel)) printed.Add(message);
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private static async Task Write(ChatClient chat, ConversationId conversation, string name, int count, params Task[] parts)
    {
        var place = await chat.ConversationAsync(conversation);
        for (var number = 1; number <= count; number++)
        {
            await parts[(number - 1) * parts.Length / count];
            await place.SendAsync($"{name} {number}");
        }
    }
}
