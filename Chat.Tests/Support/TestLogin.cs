using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Login;

namespace Chat.Tests.Support;

/// <summary>The door of the service over a real database; connections that would be closed are written down.</summary>
internal sealed class TestLogin : IAsyncDisposable
{
    public const string Password = "the heron eats at dawn";
    public const string Home = "192.0.2.1";

    private TestLogin(TestPeople people, LoginOptions options)
    {
        People = people;
        Options = options;
        var wrapped = Microsoft.Extensions.Options.Options.Create(options);
        Passwords = new(wrapped);
        Attempts = new(wrapped, people.Clock);
        Sessions = new(people.Database, people.Transcript, (sessions, reason) => Closed.AddRange(sessions.Select(id => (id, reason))),
            (user, except, reason) => ClosedAll.Add((user, except, reason)),
            people.Clock, wrapped, Logs.For<Sessions>());
        Entrance = new(people.Database, people.Registration, Passwords, Attempts, Sessions, people.Reader, new(Microsoft.Extensions.Options.Options.Create(new DeliveryOptions())), people.Lobby, Logs.For<Entrance>());
        PasswordChange = new(people.Database, Passwords, Attempts, Sessions, Logs.For<PasswordChange>());
        Deactivation = new(people.Database, people.Administrators, Sessions, people.Clock, Logs.For<Deactivation>());
    }

    public TestPeople People { get; }
    public LoginOptions Options { get; }
    public LogBook Logs { get; } = new();

    /// <summary>Sessions whose connections were to be closed, in order.</summary>
    public List<(SessionId Session, SessionEndReason Reason)> Closed { get; } = [];

    /// <summary>Users all of whose connections were to be closed, but perhaps those of one session.</summary>
    public List<(UserId User, SessionId? Except, SessionEndReason Reason)> ClosedAll { get; } = [];
    public Passwords Passwords { get; }
    public Attempts Attempts { get; }
    public Sessions Sessions { get; }
    public Entrance Entrance { get; }
    public PasswordChange PasswordChange { get; }
    public Deactivation Deactivation { get; }

    public static async Task<TestLogin> Open(LoginOptions? options = null, bool lobby = true, params string[] administrators) =>
        new(await TestPeople.Open(lobby, administrators: administrators), options ?? new() { PasswordIterations = 1_000 });

    /// <summary>Another server over the same database.</summary>
    public TestLogin With(LoginOptions options) => new(People, options);

    public async Task<Admitted> Register(string userName, string password = Password) =>
        (await Entrance.Register(new() { UserName = userName, Password = password }, Home)).Value!;

    public Task<Answer<Admitted>> LogIn(string userName, string password = Password, string from = Home) =>
        Entrance.LogIn(new() { UserName = userName, Password = password }, from);

    public Task<Answer<Admitted>> Resume(string? token) => Entrance.Resume(new() { Token = token }, cookieToken: null, Home);

    public Task<bool> IsLive(SessionId session) => People.Database.Read(sql => Sessions.IsLive(sql, session));

    public async ValueTask DisposeAsync()
    {
        Passwords.Dispose();
        await People.DisposeAsync();
    }
}
