using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Support;

/// <summary>The rooms about people over a real database, with an audience that remembers.</summary>
internal sealed class TestPeople : IAsyncDisposable
{
    private readonly TestDatabase _store;
    private readonly PresenceTeller _presenceTeller;

    private TestPeople(TestDatabase store, bool lobby, UsersOptions options, string[] administrators)
    {
        _store = store;
        Lobby = new(lobby);
        Board = new(Clock, Options.Create(new PresenceOptions()));
        Sight = new(Board);
        Administrators = new(administrators, store.People);
        Reader = new(Sight, Administrators);
        Teller = new(Database, Reader, Audience, Lobby, NullLogger<ProfileTeller>.Instance);
        Registration = new(Clock, Options.Create(options));
        Directory = new(Database, Reader, Options.Create(options));
        Profiles = new(Database, store.Transcript, store.People, Board, Reader, Teller);
        Blocks = new(Database, store.Transcript, store.People, Board, Clock);
        _presenceTeller = NewPresenceTeller();
    }

    public ManualClock Clock => _store.Clock;
    public Database Database => _store.Database;
    public Transcript Transcript => _store.Transcript;
    public People Names => _store.People;
    public LobbySwitch Lobby { get; }
    public RecordingAudience Audience { get; } = new();
    public PresenceBoard Board { get; }
    public Sight Sight { get; }
    public Administrators Administrators { get; }
    public ProfileReader Reader { get; }
    public ProfileTeller Teller { get; }
    public Registration Registration { get; }
    public UserDirectory Directory { get; }
    public Profiles Profiles { get; }
    public Blocks Blocks { get; }

    public static async Task<TestPeople> Open(bool lobby = false, UsersOptions? options = null, params string[] administrators)
    {
        var people = new TestPeople(await TestDatabase.Open(), lobby, options ?? new(), administrators);
        await people._presenceTeller.StartAsync(CancellationToken.None);
        return people;
    }

    public PresenceTeller NewPresenceTeller(PresenceBoard? board = null) =>
        new(board ?? Board, new(board ?? Board, Database), Database, Names, Sight, Audience, Lobby, NullLogger<PresenceTeller>.Instance);

    public Task StopTelling() => _presenceTeller.StopAsync(CancellationToken.None);

    public async Task<UserId> Register(string userName, string? displayName = null)
    {
        var user = Registration.Check(new() { UserName = userName, Password = "", DisplayName = displayName });
        return (await Database.Write(sql => Registration.Enter(sql, user.Value!, "no hash")))!.Value;
    }

    /// <summary>A conversation of these users, as the rooms that make them would leave it.</summary>
    public Task<ConversationId> Conversation(params UserId[] members) => Database.Write(async sql =>
    {
        ConversationId id = new("c" + Guid.NewGuid().ToString("N"));
        await Chat.Server.Transcripts.Transcript.Create(sql, id);
        await sql.Run("INSERT INTO conversation (id, kind, member_count, created_at) VALUES (@id, 'Conference', 0, 0)", ("id", id));
        await Transcript.Append(sql, id, EntryKind.Started, members[0], new() { Members = members });
        foreach (var member in members) await Memberships.Begin(sql, id, member, 1, 1, Role.Member);
        return id;
    });

    public Task<List<InboxEntry>> Inbox(UserId user) => Database.Read(async sql =>
        (await Chat.Server.Transcripts.Transcript.Read(sql, TranscriptId.InboxOf(user), 1, long.MaxValue)).ConvertAll(entry => entry.InboxEntry));

    /// <summary>Every byte that the database has on disk.</summary>
    public async Task<byte[]> Files()
    {
        List<byte> bytes = [];
        foreach (var file in System.IO.Directory.GetFiles(Path.GetDirectoryName(_store.File)!))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            bytes.AddRange(copy.ToArray());
        }
        return [.. bytes];
    }

    public async ValueTask DisposeAsync()
    {
        await StopTelling();
        await _store.DisposeAsync();
    }
}
