using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>A user at one raw connection.</summary>
internal sealed class Visitor(RawConnection connection, Session session) : IAsyncDisposable
{
    public const string Password = "a winding path to the sea";

    public RawConnection Connection => connection;
    public Session Session => session;
    public string Name => session.Me.UserName;
    public UserId User => session.Me.User;

    public static async Task<Visitor> Register(TestServer server, string userName) =>
        await Enter(server, new Register { UserName = userName, Password = Password });

    public static async Task<Visitor> LogIn(TestServer server, string userName) =>
        await Enter(server, new LogIn { UserName = userName, Password = Password });

    /// <summary>The answer, whatever it is.</summary>
    public Task<RawAnswer> Ask(object request) => connection.Ask(request);

    /// <summary>The value of what must not be refused.</summary>
    public async Task<T> Get<T>(object request) => (await connection.Ask(request)).As<T>();

    public async Task Do(object request) => (await connection.Ask(request)).Outcome.Should().Be("ok", $"{Name} may {request.GetType().Name}");

    public Task<Receipt> Say(ConversationId conversation, string text, long? replyTo = null) =>
        Get<Receipt>(new SendMessage { Conversation = conversation, ClientMessageId = Draft(), Text = text, ReplyTo = replyTo });

    public async Task<ConversationId> Confer(string? title, params string[] with) =>
        (await Get<ConferenceStarted>(new StartConference { OperationId = Deed(), With = with, Title = title })).Conversation.ConversationId;

    public async Task<ConversationId> ChatWith(string other) => (await Get<Conversation>(new StartPrivateChat { With = other })).ConversationId;

    public static ClientMessageId Draft() => ClientMessageId.New(TimeProvider.System);

    public static OperationId Deed() => OperationId.New(TimeProvider.System);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<Visitor> Enter(TestServer server, object request)
    {
        var connection = await RawConnection.Open(server.Url);
        return new(connection, (await connection.Ask(request)).As<Session>());
    }
}
