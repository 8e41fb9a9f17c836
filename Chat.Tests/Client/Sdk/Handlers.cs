using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

public sealed class Handlers
{
    [Fact]
    public async Task One_that_throws_is_reported_and_goes_on()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        TaskCompletionSource<Exception> error = new();
        List<string?> heard = [];
        using var errors = ann.OnError(fault => error.TrySetResult(fault));
        using var messages = ann.OnMessage((_, message) =>
        {
            heard.Add(message.Text);
            if (heard.Count == 1) throw new InvalidOperationException("cannot read this");
        });

        await ann.Lobby.SendAsync("one").Soon();
        await ann.Lobby.SendAsync("two").Soon();

        (await error.Task.Soon()).Message.Should().Be("cannot read this");
        await Eventually.Is(() => heard.Count == 2, "the next message comes all the same");
    }

    [Fact]
    public async Task One_that_blocks_delays_no_other_reader_and_no_heartbeat()
    {
        await using var server = await TestServer.Start([Sdk.NoLimits]);
        await using var ann = await Sdk.Register(server.Url, "ann");
        using ManualResetEventSlim released = new();
        List<long> slow = [];
        List<long> quick = [];
        using var blocking = ann.OnMessage((_, message) =>
        {
            released.Wait();
            slow.Add(message.Seq);
        });
        using var typing = ann.OnTyping(_ => released.Wait());
        using var hearing = ann.OnMessage((_, message) => quick.Add(message.Seq));
        var reading = ann.Lobby.MessagesAsync(0).First(300);

        await Task.WhenAll(Enumerable.Range(1, 300).Select(number => ann.Lobby.SendAsync($"{number}"))).Soon();
        (await reading.Soon()).Should().HaveCount(300);
        await Eventually.Is(() => quick.Count == 300, "the other handler hears");
        ann.State.Should().Be(ChatState.Live);
        released.Set();

        await Eventually.Is(() => slow.Count == 300, "the blocked one goes on where it was");
        slow.Should().Equal(quick, "what did not wait for it came from the transcript");
    }

    [Fact]
    public async Task A_handler_of_errors_that_throws_is_nobodys_end()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        var errors = 0;
        using var failing = ann.OnError((Action<Exception>)(_ => throw new InvalidOperationException($"error {Interlocked.Increment(ref errors)}")));
        using var messages = ann.OnMessage((Action<ChatConversation, Message>)((_, _) => throw new InvalidOperationException("no")));

        await ann.Lobby.SendAsync("one").Soon();
        await ann.Lobby.SendAsync("two").Soon();

        await Eventually.Is(() => Volatile.Read(ref errors) == 2, "both are reported");
        ann.State.Should().Be(ChatState.Live);
    }

    [Fact]
    public async Task Whoever_unsubscribes_hears_no_more()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        List<string?> first = [];
        List<string?> second = [];
        var listening = ann.OnMessage((_, message) => first.Add(message.Text));
        using var other = ann.OnMessage((_, message) => second.Add(message.Text));
        await ann.Lobby.SendAsync("one").Soon();
        await Eventually.Is(() => first.Count == 1, "it listens");

        listening.Dispose();
        await ann.Lobby.SendAsync("two").Soon();

        await Eventually.Is(() => second.Count == 2, "the other hears");
        first.Should().Equal("one");
    }

    [Fact]
    public async Task Each_kind_of_event_comes()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        var chat = await ann.StartPrivateChatAsync("bob").Soon();
        var sent = await chat.SendAsync("hi").Soon();
        var bobs = await bob.ConversationAsync(chat.Id).Soon();
        var typing = Once<TypingNotice>(bob.OnTyping);
        var profile = Once<Profile>(bob.OnProfile);
        var read = Once<ReadNotice>(ann.OnReadMark);
        var inbox = Once<InboxEntry>(bob.OnInbox);
        var presence = Once<PresenceNotice>(ann.OnPresence);

        await chat.TypingAsync().Soon();
        (await typing.Soon()).Person.UserName.Should().Be("ann");
        await ann.EditProfileAsync(new() { Version = ann.Me.Version, About = "me" }).Soon();
        (await profile.Soon()).About.Should().Be("me");
        ann.Me.About.Should().Be("me");
        (await bobs.MarkReadAsync(sent.Seq).Soon()).Should().Be(sent.Seq);
        (await read.Soon()).ReadSeq.Should().Be(sent.Seq);
        (await inbox.Soon()).Should().BeOfType<ReadMarked>();
        await bob.IdleAsync(true).Soon();
        (await presence.Soon()).Presence.Should().Be(Presence.Away);
    }

    private static Task<T> Once<T>(Func<Action<T>, IDisposable> listen)
    {
        TaskCompletionSource<T> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        listen(told => heard.TrySetResult(told));
        return heard.Task;
    }
}
