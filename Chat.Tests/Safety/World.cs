using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Safety;

/// <summary>
/// A server on which the same happens each time, but for what Eve may not see: that is told by <paramref name="secrets"/>. The clock stands
/// still but for the deeds that she may know of, so that two worlds have the same times.
/// </summary>
internal sealed class World(TestServer server, ManualClock clock, Secrets secrets) : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<string, ConversationId> _conversations = new() { ["nowhere"] = new($"c{Guid.CreateVersion7():N}"), ["lobby"] = Deeds.Lobby };
    private Visitor _alice = null!;
    private Visitor _bob = null!;
    private Visitor _dave = null!;

    public TestServer Server => server;
    public Visitor Eve { get; private set; } = null!;

    /// <summary>By the names that a recording calls them.</summary>
    public IReadOnlyDictionary<string, ConversationId> Conversations => _conversations;

    public IEnumerable<Visitor> Everybody => [_alice, _bob, _dave, Eve];

    public static async Task<World> Make(LogBook log, Secrets secrets)
    {
        ManualClock clock = new();
        World world = new(await SafetyServer.Start(log, clock, SafetyServer.Unlimited), clock, secrets);
        await world.Begin();
        await world.InvitedLate();
        await world.GoneOnWith();
        await world.LeftBehind();
        await world.CameBack();
        await world.NeverIn();
        await world.PrivateMatters();
        await world.TellTheEnd();
        return world;
    }

    public void Pass() => clock.Advance(Moment);

    /// <summary>A goodbye takes a moment.</summary>
    public Task UntilClosed(Visitor person) => Eventually.Is(() =>
    {
        Pass();
        return person.Connection.IsClosed;
    }, "the connection is closed");

    public async ValueTask DisposeAsync()
    {
        foreach (var person in Everybody) await person.DisposeAsync();
        await server.DisposeAsync();
    }

    private async Task Begin()
    {
        _alice = await Visitor.Register(server, "alice");
        Pass();
        _bob = await Visitor.Register(server, "bob");
        Pass();
        _dave = await Visitor.Register(server, "dave");
        await server.Services.GetRequiredService<PresenceBoard>().Settled(); // that they came is told before she is there to hear it
        Pass();
        Eve = await Visitor.Register(server, "eve");
    }

    /// <summary>Eve comes without history: what was said before is hers by number only.</summary>
    private async Task InvitedLate()
    {
        var plans = await Named("invited late", _alice.Confer(secrets.Title, "bob", "dave"));
        var first = await _bob.Say(plans, secrets.Text);
        if (secrets.IsOdd) await _alice.Say(plans, secrets.Text, first.Seq);
        else await _alice.Do(new RenameConference { Conversation = plans, Title = secrets.Text });
        await secrets.Amend(0, _bob, plans, first.Seq);
        await secrets.Amend(1, _bob, plans, first.Seq);
        await _alice.Do(new RenameConference { Conversation = plans, Title = "Plans" });

        await Tick(_alice.Do(new Invite { Conversation = plans, OperationId = Visitor.Deed(), UserNames = ["eve"] }));
        await Tick(_bob.Say(plans, "welcome, eve", first.Seq));
        await secrets.Amend(2, _bob, plans, first.Seq);
        var ours = await Tick(Eve.Say(plans, "thank you"));
        await Tick(_bob.Do(new React { Conversation = plans, Seq = ours.Seq, ClientMessageId = Visitor.Draft(), Emoji = "👍" }));
        await secrets.Amend(3, _bob, plans, first.Seq);
        await Eve.Connection.Hears(nameof(IChatClient.EntriesAppended), plans.Value); // what is said in passing reaches who listens already
        await Tick(_dave.Do(new MarkRead { Conversation = plans, Seq = ours.Seq }));
        await Tick(_dave.Do(new Typing { Conversation = plans }));
    }

    /// <summary>A private chat goes on as a conference with Eve; it stays private itself.</summary>
    private async Task GoneOnWith()
    {
        var chat = await Named("private", _alice.ChatWith("bob"));
        for (var i = 0; i < secrets.Many; i++) await _bob.Say(chat, secrets.Text);
        var started = await Tick(_alice.Get<ConferenceStarted>(new Invite { Conversation = chat, OperationId = Visitor.Deed(), UserNames = ["eve"] }));
        var conference = _conversations["gone on"] = started.Conversation.ConversationId;
        for (var i = 0; i < secrets.Many; i++) await _alice.Say(chat, secrets.Text);
        await Tick(_bob.Say(conference, "here we are three"));
    }

    /// <summary>Eve leaves; what comes after is nothing to her, not even how much it is.</summary>
    private async Task LeftBehind()
    {
        var conference = await Named("left", _alice.Confer("Choir", "bob", "eve"));
        var mine = await Tick(Eve.Say(conference, "la la la"));
        var bobs = await Tick(_bob.Say(conference, "do re mi"));
        await Tick(Eve.Do(new LeaveConference { Conversation = conference }));
        if (secrets.IsOdd) await GoOnWithout(conference, mine.Seq, bobs.Seq);
        Pass();
        if (!secrets.IsOdd) await GoOnWithout(conference, mine.Seq, bobs.Seq);
    }

    private async Task GoOnWithout(ConversationId conference, long eves, long bobs)
    {
        for (var i = 0; i < secrets.Many; i++) await _bob.Say(conference, secrets.Text, bobs);
        await secrets.Amend(0, _bob, conference, bobs);
        await _alice.Do(new RenameConference { Conversation = conference, Title = secrets.Title });
        await _alice.Do(new React { Conversation = conference, Seq = eves, ClientMessageId = Visitor.Draft(), Emoji = "⚓" });
        if (secrets.IsOdd) await _alice.Do(new ChangeRole { Conversation = conference, UserName = "bob", Role = Role.Owner });
        if (secrets.IsOdd) await _alice.Do(new Invite { Conversation = conference, OperationId = Visitor.Deed(), UserNames = ["dave"] });
        if (secrets.IsOdd) await _bob.Do(new Typing { Conversation = conference });
    }

    /// <summary>Eve was away for a while: what was said then is a hole, also where it is about what she can read.</summary>
    private async Task CameBack()
    {
        var conference = await Named("came back", _alice.Confer("Garden", "bob", "eve"));
        var bobs = await Tick(_bob.Say(conference, "the roses are out"));
        await Tick(_alice.Do(new RemoveMember { Conversation = conference, UserName = "eve" }));
        if (secrets.IsOdd) await _alice.Say(conference, secrets.Text);
        else await _alice.Do(new RenameConference { Conversation = conference, Title = secrets.Text });
        await secrets.Amend(0, _bob, conference, bobs.Seq);
        await _alice.Do(new RenameConference { Conversation = conference, Title = secrets.Title });
        await _alice.Do(new RenameConference { Conversation = conference, Title = "Garden" });
        await Tick(_alice.Do(new Invite { Conversation = conference, OperationId = Visitor.Deed(), UserNames = ["eve"] }));
        await Tick(_bob.Say(conference, "you missed something"));
    }

    private async Task NeverIn()
    {
        var conference = await Named("never in", _alice.Confer(secrets.Title, "bob", "dave"));
        for (var i = 0; i < secrets.Many; i++) await _dave.Say(conference, $"{secrets.Text}, says eve");
        await _bob.Do(new Typing { Conversation = conference });
        await _bob.Do(new MarkRead { Conversation = conference, Seq = 2 });
    }

    /// <summary>How others keep their lists, whom they block and from where they are logged in.</summary>
    private async Task PrivateMatters()
    {
        await _alice.Do(new PinConversation { Conversation = _conversations["gone on"], Pinned = secrets.IsOdd });
        await _bob.Do(new MuteConversation { Conversation = _conversations["gone on"], Muted = secrets.IsOdd });
        if (secrets.IsOdd) await _dave.Do(new BlockUser { UserName = "bob" });
        if (secrets.IsOdd) await (await Visitor.LogIn(server, "dave")).DisposeAsync();
        if (secrets.IsOdd) await _dave.ChatWith("dave");
    }

    /// <summary>Behind everything else: whoever has heard it has heard all.</summary>
    private async Task TellTheEnd()
    {
        foreach (var name in new[] { "invited late", "gone on", "came back" }) await Tick(_alice.Say(_conversations[name], $"the end of {name}"));
        await Tick(_alice.Say(Deeds.Lobby, "the end of everything"));
        foreach (var name in new[] { "of invited late", "of gone on", "of came back", "of everything" }) await Eve.Connection.Hears("EntriesAppended", $"the end {name}");
    }

    private async Task<ConversationId> Named(string name, Task<ConversationId> started) => _conversations[name] = await Tick(started);

    private async Task<T> Tick<T>(Task<T> deed)
    {
        var done = await deed;
        Pass();
        return done;
    }

    private async Task Tick(Task deed)
    {
        await deed;
        Pass();
    }
}
