using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>Eve asks everything there is to ask, of everything she may have heard of, and writes down what she is told.</summary>
internal sealed class Curiosity(World world)
{
    private const int Seqs = 12;
    private readonly Recording _told = new(NamesIn(world));
    private readonly HashSet<string> _asked = [];
    private IReadOnlyList<Visitor> _mine = [];

    /// <summary>The methods that were called.</summary>
    public IReadOnlySet<string> Asked => _asked;

    public async Task<IReadOnlyList<string>> Satisfy()
    {
        await using var later = await Visitor.LogIn(world.Server, "eve");
        _mine = [world.Eve, later];
        await Ask(later, Looks());
        await Ask(later, [Everything(later)]);
        foreach (var end in new[] { "of invited late", "of gone on", "of came back", "of everything" }) await later.Connection.Hears("EntriesAppended", $"the end {end}");
        await later.Connection.Hears("EntriesAppended", "\"left\"");
        await Ask(later, world.Conversations.Values.SelectMany(Looks));
        await Ask(later, world.Conversations.Values.SelectMany(Touches));
        await Ask(later, PeopleMatters());
        await Ask(later, world.Conversations.Values.SelectMany(Looks));
        await Ask(later, Looks());
        await Ask(later, world.Conversations.Values.Select(conversation => new LeaveConference { Conversation = conversation }));
        await Ask(later, world.Conversations.Values.SelectMany(Looks));
        await Ask(later, [new ListConversations { All = true }]);
        await AtTheDoor();
        foreach (var mine in _mine) await mine.Connection.Hears(nameof(IChatClient.PresenceChanged), "harbour");
        await Ask(world.Eve, [new ChangePassword { Current = Visitor.Password, New = "another path to the sea" }]);
        await world.Eve.Connection.Hears(nameof(IChatClient.InboxAppended), "passwordChanged");
        await world.UntilClosed(later);
        await Ask(world.Eve, [new LogOut()]);
        await world.UntilClosed(world.Eve);
        _told.Add(world.Eve.Connection.Events);
        _told.Add(later.Connection.Events);
        return _told.Lines;
    }

    private static IEnumerable<object> Looks()
    {
        yield return new ListSessions();
        yield return new ListBlockedUsers();
        yield return new ListConversations();
        yield return new ListConversations { All = true };
        yield return new ListConversations { All = true, Limit = 1 };
        yield return new ListConversations { All = true, Limit = 4 };
        yield return new ListOpenConferences();
        foreach (var name in new[] { "alice", "bob", "dave", "eve", "harbour" })
        {
            yield return new FindUser { UserName = name };
            yield return new GetProfile { UserName = name };
            yield return new SearchUsers { Text = name };
            yield return new JoinConference { Name = name };
        }
    }

    private static IEnumerable<object> Looks(ConversationId conversation)
    {
        yield return new GetConversation { Conversation = conversation };
        yield return new ListMembers { Conversation = conversation };
        yield return new ListMembers { Conversation = conversation, Limit = 1 };
        yield return new ReadTranscript { Conversation = conversation };
        for (var seq = 0; seq <= Seqs; seq++)
        {
            yield return new ReadTranscript { Conversation = conversation, After = seq, Limit = 1 };
            yield return new ReadTranscript { Conversation = conversation, Before = seq, Limit = 2 };
        }
    }

    private IEnumerable<object> Touches(ConversationId conversation)
    {
        for (var seq = 0; seq <= Seqs; seq++)
        {
            yield return new MarkRead { Conversation = conversation, Seq = seq };
            yield return new SendMessage { Conversation = conversation, ClientMessageId = Visitor.Draft(), Text = $"what was {seq}?", ReplyTo = seq, Mentions = ["dave", "bob"] };
            yield return new EditMessage { Conversation = conversation, ClientMessageId = Visitor.Draft(), Seq = seq, Text = "never mind" };
            yield return new React { Conversation = conversation, ClientMessageId = Visitor.Draft(), Seq = seq, Emoji = "🎉" };
            yield return new Unreact { Conversation = conversation, ClientMessageId = Visitor.Draft(), Seq = seq, Emoji = "🎉" };
            yield return new DeleteMessage { Conversation = conversation, ClientMessageId = Visitor.Draft(), Seq = seq };
            yield return Invitation(conversation, SharedHistory.FromSeq, seq);
        }
        yield return new Typing { Conversation = conversation };
        yield return new JoinConference { Conversation = conversation };
        yield return Invitation(conversation, SharedHistory.All, null);
        yield return Invitation(conversation, SharedHistory.None, null);
        yield return new RemoveMember { Conversation = conversation, UserName = "bob" };
        yield return new ChangeRole { Conversation = conversation, UserName = "eve", Role = Role.Owner };
        yield return new RenameConference { Conversation = conversation, Title = "Mine" };
        yield return new PinConversation { Conversation = conversation, Pinned = true };
        yield return new MuteConversation { Conversation = conversation, Muted = true };
        yield return new HideConversation { Conversation = conversation };
        yield return new Resync { Epoch = world.Eve.Session.Epoch, Have = new Dictionary<ConversationId, long> { [conversation] = 1 } };
        yield return new Resync { Epoch = "another", Have = new Dictionary<ConversationId, long> { [conversation] = 3 }, InboxSeq = 2 };
    }

    private IEnumerable<object> PeopleMatters()
    {
        foreach (var other in world.Everybody)
        {
            yield return new StartPrivateChat { With = other.Name };
            yield return new BlockUser { UserName = other.Name };
            yield return new UnblockUser { UserName = other.Name };
            yield return new DeactivateUser { UserName = other.Name };
            yield return new ReactivateUser { UserName = other.Name };
            if (other != world.Eve) yield return new EndSession { SessionId = other.Session.SessionId };
        }
        yield return new StartConference { OperationId = Visitor.Deed(), With = ["alice", "bob", "dave"] };
        yield return new Announce { Text = "Who knows?" };
        yield return new EditProfile { Version = 7, About = "curious" };
        yield return new EditProfile { Version = 1, About = "curious" };
        yield return new SetPresence { Choice = PresenceChoice.Invisible };
    }

    private static Invite Invitation(ConversationId conversation, SharedHistory history, long? from) =>
        new() { Conversation = conversation, OperationId = Visitor.Deed(), UserNames = ["dave"], History = history, FromSeq = from };

    private Resync Everything(Visitor asking) =>
        new() { Epoch = asking.Session.Epoch, Have = world.Conversations.Values.ToDictionary(conversation => conversation, _ => 0L), InboxSeq = 0 };

    private async Task AtTheDoor()
    {
        foreach (object request in new object[]
        {
            new LogIn { UserName = "eve", Password = Visitor.Password },
            new Resume { Token = world.Eve.Session.Token },
            new Register { UserName = "harbour", Password = Visitor.Password },
        })
        {
            await using var connection = await RawConnection.Open(world.Server.Url);
            await Ask(connection, request);
        }
    }

    private async Task Ask(Visitor asking, IEnumerable<object> requests)
    {
        foreach (var request in requests) await Ask(asking.Connection, request);
    }

    private async Task Ask(RawConnection connection, object request)
    {
        _asked.Add(request.GetType().Name);
        var answer = await connection.Ask(request);
        _told.Add($"{request.GetType().Name} {RawConnection.ToJson(request)}", answer.Text);
        if (answer.Outcome == "ok") await Heard(request);
        world.Pass(); // so that what she makes has an order
    }

    // What is deleted before it was told is told without its text.
    private async Task Heard(object said)
    {
        var draft = (said as SendMessage)?.ClientMessageId ?? (said as EditMessage)?.ClientMessageId;
        if (draft is not { } id) return;
        foreach (var mine in _mine) await mine.Connection.Hears(nameof(IChatClient.EntriesAppended), id.Value);
    }

    private static Dictionary<string, string> NamesIn(World world)
    {
        Dictionary<string, string> names = new() { [world.Eve.Session.Epoch] = "epoch" };
        foreach (var (name, conversation) in world.Conversations) names[conversation.Value] = $"<{name}>";
        foreach (var person in world.Everybody)
        {
            names[person.User.Value] = $"<{person.Name}>";
            names[person.Session.SessionId.Value] = $"<session of {person.Name}>";
            names[person.Session.Token!] = $"<token of {person.Name}>";
        }
        return names;
    }
}
