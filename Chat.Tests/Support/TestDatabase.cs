using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Support;

/// <summary>A real SQLite database in a folder of its own, gone afterwards, with the rooms that everything else stands on.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-").FullName;

    private TestDatabase() { }

    public ManualClock Clock { get; } = new();
    public Database Database { get; private set; } = null!;
    public Transcript Transcript { get; private set; } = null!;
    public People People { get; private set; } = null!;
    public Memberships Memberships { get; } = new(new LobbySwitch(IsOn: true));
    public string File => Path.Combine(_folder, "chat.db");

    public static async Task<TestDatabase> Open()
    {
        var opened = new TestDatabase();
        opened.Transcript = new(opened.Clock);
        opened.People = new(opened.Clock);
        opened.Database = await Database.Open(new SqliteDialect(opened.File), opened.Clock, NullLogger.Instance);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
