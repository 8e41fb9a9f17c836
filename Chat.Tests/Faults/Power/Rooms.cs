using Chat.Contracts;
using Chat.Server.Messages;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Faults.Power;

/// <summary>The real rooms of messages over a database in a place of the test's choice. Everything is said in the Lobby.</summary>
internal sealed class Rooms : IAsyncDisposable
{
    private static readonly Memberships Memberships = new(new LobbySwitch(IsOn: true));

    private readonly Messenger _messenger;
    private readonly Amender _amender;

    private Rooms(Database database)
    {
        Database = database;
        Transcript transcript = new(TimeProvider.System);
        _messenger = new(database, transcript, Memberships, NullLogger<Messenger>.Instance);
        _amender = new(database, transcript, Memberships, new([], new(TimeProvider.System)), NullLogger<Amender>.Instance);
    }

    public Database Database { get; }

    public static async Task<Rooms> Open(Dialect dialect) => new(await Database.Open(dialect, TimeProvider.System, NullLogger.Instance));

    public Task<Answer<Receipt>> Send(Letter letter) =>
        letter.Deletion is { } deletion ? _amender.Delete(letter.Author, deletion) : _messenger.Send(letter.Author, letter.Message!);

    public Task<List<StoredEntry>> Everything() => Database.Read(sql => Transcript.Read(sql, Lobby.Id, 1, long.MaxValue));

    public Task<long> Head() => Database.Read(sql => Transcript.Head(sql, Lobby.Id));

    public Task<List<UserId>> Users() => Database.Read(sql => sql.Query("SELECT id FROM chat_user", row => new UserId(row.GetString(0))));

    public Task<List<string>> Complaints() => Database.Read(sql => sql.Query("PRAGMA integrity_check", row => row.GetString(0)));

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
