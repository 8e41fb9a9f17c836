using Chat.Contracts;

namespace Chat.Tests.Safety;

/// <summary>Everything that can be asked of the hub, as somebody would mean it: at least one deed for each method, more where it matters what it is done to.</summary>
internal static class Deeds
{
    public static IReadOnlyList<Deed> All { get; } =
    [
        To("by a free name", scene => new Register { UserName = $"free.{Guid.NewGuid():N}"[..20], Password = Visitor.Password }),
        To("", scene => new LogIn { UserName = scene.Target.Name, Password = Visitor.Password }),
        To("", scene => new Resume { Token = scene.Target.Session.Token }),
        To("", _ => new LogOut()),
        To("", _ => new ListSessions()),
        To("one's own", scene => new EndSession { SessionId = scene.Caller?.Session.SessionId ?? scene.Target.Session.SessionId }),
        To("the target's", scene => new EndSession { SessionId = scene.Target.Session.SessionId }),
        To("", _ => new ChangePassword { Current = Visitor.Password, New = "another winding path" }),
        To("the target", scene => new FindUser { UserName = scene.Target.Name }),
        To("oneself", scene => new FindUser { UserName = scene.CallersName }),
        To("the target", scene => new SearchUsers { Text = scene.Target.Name }),
        To("the target's", scene => new GetProfile { UserName = scene.Target.Name }),
        To("", _ => new EditProfile { Version = 1, About = "Here I am." }),
        To("", _ => new SetPresence { Choice = PresenceChoice.DoNotDisturb }),
        To("the target", scene => new BlockUser { UserName = scene.Target.Name }),
        To("the target", scene => new UnblockUser { UserName = scene.Target.Name }),
        To("", _ => new ListBlockedUsers()),
        To("the stranger", scene => new DeactivateUser { UserName = scene.NameOf("stranger") }),
        To("the stranger", scene => new ReactivateUser { UserName = scene.NameOf("stranger") }),
        To("", _ => new Announce { Text = "The kettle is on." }),
        To("with the target", scene => new StartPrivateChat { With = scene.Target.Name }),
        To("with oneself", scene => new StartPrivateChat { With = scene.CallersName }),
        To("with the target and the member", scene => new StartConference { OperationId = Visitor.Deed(), With = [scene.Target.Name, scene.NameOf("member"), scene.NameOf("owner")] }),
        To("open", scene => new StartConference { OperationId = Visitor.Deed(), With = [], OpenName = $"open{Guid.NewGuid():N}"[..20] }),
        To("the stranger", scene => new Invite { OperationId = Visitor.Deed(), Conversation = scene.Conference, UserNames = [scene.NameOf("stranger")] }),
        To("with all history", scene => new Invite { OperationId = Visitor.Deed(), Conversation = scene.Conference, UserNames = [scene.NameOf("stranger")], History = SharedHistory.All }),
        To("to a chat of others", scene => new Invite { OperationId = Visitor.Deed(), Conversation = scene.ChatOfOthers, UserNames = [scene.NameOf("owner")] }),
        To("to the Lobby", scene => new Invite { OperationId = Visitor.Deed(), Conversation = Lobby, UserNames = [scene.NameOf("owner")] }),
        To("", _ => new ListConversations()),
        To("", scene => new GetConversation { Conversation = scene.Conference }),
        To("a chat of others", scene => new GetConversation { Conversation = scene.ChatOfOthers }),
        To("the Lobby", _ => new GetConversation { Conversation = Lobby }),
        To("", scene => new ListMembers { Conversation = scene.Conference }),
        To("of a chat of others", scene => new ListMembers { Conversation = scene.ChatOfOthers }),
        To("", _ => new ListOpenConferences()),
        To("not an open one", scene => new JoinConference { Conversation = scene.Conference }),
        To("the Lobby", _ => new JoinConference { Name = "lobby" }),
        To("", scene => new LeaveConference { Conversation = scene.Conference }),
        To("the Lobby", _ => new LeaveConference { Conversation = Lobby }),
        To("a chat of others", scene => new LeaveConference { Conversation = scene.ChatOfOthers }),
        To("the target", scene => new RemoveMember { Conversation = scene.Conference, UserName = scene.Target.Name }),
        To("from the Lobby", scene => new RemoveMember { Conversation = Lobby, UserName = scene.Target.Name }),
        To("the target's", scene => new ChangeRole { Conversation = scene.Conference, UserName = scene.Target.Name, Role = Role.Owner }),
        To("one's own", scene => new ChangeRole { Conversation = scene.Conference, UserName = scene.CallersName, Role = Role.Owner }),
        To("", scene => new RenameConference { Conversation = scene.Conference, Title = "Better plans" }),
        To("the Lobby", _ => new RenameConference { Conversation = Lobby, Title = "Better lobby" }),
        To("", scene => new HideConversation { Conversation = scene.Conference }),
        To("", scene => new PinConversation { Conversation = scene.Conference, Pinned = true }),
        To("", scene => new MuteConversation { Conversation = scene.Conference, Muted = true }),
        To("", scene => Message(scene.Conference)),
        To("to a chat of others", scene => Message(scene.ChatOfOthers)),
        To("to the Lobby", _ => Message(Lobby)),
        To("one's own", scene => new EditMessage { Conversation = scene.Conference, Seq = scene.OwnMessage, ClientMessageId = Visitor.Draft(), Text = "better said" }),
        To("the target's", scene => new EditMessage { Conversation = scene.Conference, Seq = scene.TargetsMessage, ClientMessageId = Visitor.Draft(), Text = "better said" }),
        To("one's own", scene => new DeleteMessage { Conversation = scene.Conference, Seq = scene.OwnMessage, ClientMessageId = Visitor.Draft() }),
        To("the target's", scene => new DeleteMessage { Conversation = scene.Conference, Seq = scene.TargetsMessage, ClientMessageId = Visitor.Draft() }),
        To("", scene => new React { Conversation = scene.Conference, Seq = scene.TargetsMessage, ClientMessageId = Visitor.Draft(), Emoji = "👍" }),
        To("", scene => new Unreact { Conversation = scene.Conference, Seq = scene.TargetsMessage, ClientMessageId = Visitor.Draft(), Emoji = "👍" }),
        To("", scene => new ReadTranscript { Conversation = scene.Conference }),
        To("of a chat of others", scene => new ReadTranscript { Conversation = scene.ChatOfOthers }),
        To("", scene => new MarkRead { Conversation = scene.Conference, Seq = 2 }),
        To("", scene => new Typing { Conversation = scene.Conference }),
        To("", scene => new Resync { Epoch = scene.Target.Session.Epoch, Have = new Dictionary<ConversationId, long> { [scene.Conference] = 0 }, InboxSeq = 0 }),
    ];

    public static ConversationId Lobby { get; } = new("lobby");

    private static Deed To<T>(string what, Func<Scene, T> request) where T : class => new(typeof(T).Name, what, request);

    private static SendMessage Message(ConversationId conversation) =>
        new() { Conversation = conversation, ClientMessageId = Visitor.Draft(), Text = "hello" };
}

/// <param name="Method">Named as its request is.</param>
/// <param name="What">It is done to, where that is not plain from the method.</param>
internal sealed record Deed(string Method, string What, Func<Scene, object> Request)
{
    private static readonly string[] Reading = ["Find", "Get", "List", "Read", "Resync", "Search"];

    /// <summary>Whether the next caller would find other people than this one did.</summary>
    public bool IsUpsetting => Method is nameof(LogOut) or nameof(EndSession) or nameof(ChangePassword) or nameof(BlockUser) or nameof(DeactivateUser);

    /// <summary>Whether the next caller finds everything as this one did.</summary>
    public bool IsReading => Reading.Any(start => Method.StartsWith(start, StringComparison.Ordinal));

    public override string ToString() => What.Length == 0 ? Method : $"{Method}: {What}";
}
