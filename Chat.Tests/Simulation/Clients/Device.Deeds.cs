using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Tests.Simulation.Judging;

namespace Chat.Tests.Simulation.Clients;

/// <summary>What people do with a device. Much of it is not allowed to them, and they try it all the same.</summary>
internal sealed partial class Device
{
    private static readonly string[] Emoji = ["👍", "🎉"];
    private int _texts;

    /// <summary>Messages that its user wrote here, in the order written.</summary>
    public List<Draft> Written { get; } = [];

    /// <summary>Something that a user would do; answers what it was.</summary>
    public string DoSomething()
    {
        var deed = random.Next(100);
        if (deed < 34 || !IsLive) return Write();
        if (deed < 44) return Edit();
        if (deed < 50) return Delete();
        if (deed < 54) return React();
        if (deed < 59) return Ask(nameof(IChatHub.MarkRead), new MarkRead { Conversation = SomeConversation(), Seq = random.Next(1, 40) });
        if (deed < 61) return Ask(nameof(IChatHub.Typing), new Typing { Conversation = SomeConversation() });
        if (deed < 71) return Ask(nameof(IChatHub.Invite), Invitation());
        if (deed < 75) return Ask(nameof(IChatHub.RemoveMember), new RemoveMember { Conversation = SomeConference(), UserName = SomeUser() });
        if (deed < 80) return Ask(nameof(IChatHub.LeaveConference), new LeaveConference { Conversation = SomeConference() });
        if (deed < 83) return Ask(nameof(IChatHub.JoinConference), new JoinConference { Name = "market" });
        if (deed < 85) return Ask(nameof(IChatHub.ChangeRole), new ChangeRole { Conversation = SomeConversation(), UserName = SomeUser(), Role = random.Next(2) == 0 ? Role.Owner : Role.Member });
        if (deed < 87) return Ask(nameof(IChatHub.RenameConference), new RenameConference { Conversation = SomeConversation(), Title = $"Title {random.Next(9)}" });
        if (deed < 89) return Ask(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = SomeUser() });
        if (deed < 90) return Ask(nameof(IChatHub.StartConference), new StartConference { OperationId = OperationId.New(clock), With = [SomeUser(), SomeUser(), SomeUser()] });
        if (deed < 95) return ReadBack(SomeConversation());
        if (deed < 97) return Ask(nameof(IChatHub.LogOut), new LogOut { Everywhere = random.Next(2) == 0 });
        if (deed < 99) return Ask(nameof(IChatHub.EndSession), new EndSession { SessionId = account.Sessions[random.Next(account.Sessions.Count)] });
        return ChangePassword();
    }

    public string ReadBack(ConversationId conversation) =>
        Ask(nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = conversation, Limit = Limits.PageOfEntries });

    /// <summary>What nobody may do in a conversation that they are not in.</summary>
    public void TryAsAStranger(ConversationId foreign)
    {
        TryInVain(nameof(IChatHub.SendMessage), new SendMessage { Conversation = foreign, ClientMessageId = NewId(), Text = "let me in" });
        TryInVain(nameof(IChatHub.EditMessage), new EditMessage { Conversation = foreign, Seq = 2, ClientMessageId = NewId(), Text = "never said" });
        TryInVain(nameof(IChatHub.DeleteMessage), new DeleteMessage { Conversation = foreign, Seq = 2, ClientMessageId = NewId() });
        TryInVain(nameof(IChatHub.React), new React { Conversation = foreign, Seq = 2, ClientMessageId = NewId(), Emoji = Emoji[0] });
        TryInVain(nameof(IChatHub.MarkRead), new MarkRead { Conversation = foreign, Seq = 1 });
        TryInVain(nameof(IChatHub.Typing), new Typing { Conversation = foreign });
        TryInVain(nameof(IChatHub.Invite), new Invite { Conversation = foreign, OperationId = OperationId.New(clock), UserNames = [account.UserName] });
        TryInVain(nameof(IChatHub.RemoveMember), new RemoveMember { Conversation = foreign, UserName = SomeUser() });
        TryInVain(nameof(IChatHub.RenameConference), new RenameConference { Conversation = foreign, Title = "mine" });
    }

    private void TryInVain(string method, object request) =>
        Line?.Call(method, request, answer => judge.Ruling.Hold(Judge.RefusalOf(answer) is not null, $"I14: {method} was not refused to a stranger"));

    private string Write()
    {
        var text = $"word{number}x{++_texts}";
        return Queue(new MessageDraft(new() { Conversation = SomeConversation(), ClientMessageId = NewId(), Text = text }));
    }

    private string Edit()
    {
        var (conversation, seq) = SomeMessage(isOwn: random.Next(10) > 0);
        return Queue(new EditDraft(new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId(), Text = $"edit{number}x{++_texts}" }));
    }

    private string Delete()
    {
        var (conversation, seq) = SomeMessage(isOwn: random.Next(4) > 0);
        return Queue(new DeleteDraft(new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId() }));
    }

    private string React()
    {
        var (conversation, seq) = SomeMessage(isOwn: false);
        var emoji = Emoji[random.Next(Emoji.Length)];
        return Queue(random.Next(3) == 0
            ? new UnreactDraft(new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId(), Emoji = emoji })
            : new ReactDraft(new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId(), Emoji = emoji }));
    }

    private string ChangePassword()
    {
        if (account.IsInDoubt) account.TryAnother();
        return Ask(nameof(IChatHub.ChangePassword), account.Change());
    }

    private Invite Invitation()
    {
        var history = random.Next(2) == 0 ? SharedHistory.None : (SharedHistory)random.Next(3);
        return new()
        {
            Conversation = SomeConference(), OperationId = OperationId.New(clock), UserNames = [SomeUser()],
            History = history, FromSeq = history == SharedHistory.FromSeq ? random.Next(1, 20) : null,
        };
    }

    private string Queue(Draft draft)
    {
        Written.Add(draft);
        Take(new Input.Queue(draft));
        return draft.GetType().Name;
    }

    private string Ask(string method, object request)
    {
        Line?.Call(method, request, _ => { });
        return method;
    }

    private ClientMessageId NewId() => ClientMessageId.New(clock);

    // Mostly one of those that the device knows, sometimes any.
    private ConversationId SomeConversation()
    {
        var known = Screen.Conversations.Keys.ToList();
        var all = judge.Truth.Conversations;
        return known.Count == 0 || random.Next(10) == 0 ? all[random.Next(all.Count)] : known[random.Next(known.Count)];
    }

    // One that people come to and go from.
    private ConversationId SomeConference()
    {
        var all = judge.Truth.Conversations.FindAll(conversation => !judge.Truth.IsPrivate(conversation));
        return all[random.Next(all.Count)];
    }

    // One that the device shows, if there is one; otherwise any place.
    private (ConversationId Conversation, long Seq) SomeMessage(bool isOwn)
    {
        var conversation = SomeConversation();
        var shown = Screen.Conversations.TryGetValue(conversation, out var known)
            ? known.Entries.Values.OfType<Message>().Where(message => !isOwn || message.Author.User == account.User).ToList()
            : [];
        return (conversation, shown.Count == 0 ? random.Next(1, 20) : shown[random.Next(shown.Count)].Seq);
    }

    private string SomeUser() => Town.Users[random.Next(Town.Users.Length)];
}
