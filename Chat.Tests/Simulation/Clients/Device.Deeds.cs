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
        if (deed < 40 || !IsLive) return Write();
        if (deed < 48) return Edit();
        if (deed < 54) return Delete();
        if (deed < 58) return React();
        if (deed < 64) return Ask(nameof(IChatHub.MarkRead), new MarkRead { Conversation = SomeConversation(), Seq = random.Next(1, 40) });
        if (deed < 67) return Ask(nameof(IChatHub.Typing), new Typing { Conversation = SomeConversation() });
        if (deed < 72) return Ask(nameof(IChatHub.Invite), Invitation());
        if (deed < 76) return Ask(nameof(IChatHub.RemoveMember), new RemoveMember { Conversation = SomeConversation(), UserName = SomeUser() });
        if (deed < 80) return Ask(nameof(IChatHub.LeaveConference), new LeaveConference { Conversation = SomeConversation() });
        if (deed < 84) return Ask(nameof(IChatHub.JoinConference), new JoinConference { Name = "market" });
        if (deed < 86) return Ask(nameof(IChatHub.ChangeRole), new ChangeRole { Conversation = SomeConversation(), UserName = SomeUser(), Role = random.Next(2) == 0 ? Role.Owner : Role.Member });
        if (deed < 88) return Ask(nameof(IChatHub.RenameConference), new RenameConference { Conversation = SomeConversation(), Title = $"Title {random.Next(9)}" });
        if (deed < 90) return Ask(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = SomeUser() });
        if (deed < 91) return Ask(nameof(IChatHub.StartConference), new StartConference { OperationId = OperationId.New(clock), With = [SomeUser(), SomeUser(), SomeUser()] });
        if (deed < 96) return Ask(nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = SomeConversation(), Limit = Limits.PageOfEntries });
        if (deed < 97) return Ask(nameof(IChatHub.LogOut), new LogOut { Everywhere = random.Next(3) == 0 });
        if (deed < 98 && Session is { } session) return Ask(nameof(IChatHub.EndSession), new EndSession { SessionId = session.SessionId });
        return ChangePassword();
    }

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

    private string Edit() =>
        Queue(new EditDraft(new() { Conversation = SomeConversation(), Seq = SomeSeq(), ClientMessageId = NewId(), Text = $"edit{number}x{++_texts}" }));

    private string Delete() => Queue(new DeleteDraft(new() { Conversation = SomeConversation(), Seq = SomeSeq(), ClientMessageId = NewId() }));

    private string React() => Queue(random.Next(3) == 0
        ? new UnreactDraft(new() { Conversation = SomeConversation(), Seq = SomeSeq(), ClientMessageId = NewId(), Emoji = Emoji[random.Next(2)] })
        : new ReactDraft(new() { Conversation = SomeConversation(), Seq = SomeSeq(), ClientMessageId = NewId(), Emoji = Emoji[random.Next(2)] }));

    private string ChangePassword()
    {
        if (account.Other is not null) account.Swap();
        return Ask(nameof(IChatHub.ChangePassword), account.Change());
    }

    private Invite Invitation()
    {
        var history = (SharedHistory)random.Next(3);
        return new()
        {
            Conversation = SomeConversation(), OperationId = OperationId.New(clock), UserNames = [SomeUser()],
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

    private long SomeSeq() => random.Next(1, 30);

    private string SomeUser() => Town.Users[random.Next(Town.Users.Length)];
}
