using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Tests.Support;

/// <summary>A real database in a place of its own, gone afterwards, with the rooms that everything else stands on.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestStorage _storage;

    private TestDatabase(TestStorage storage)
    {
        _storage = storage;
        Transcript = new(Clock);
        People = new(Clock);
    }

    public ManualClock Clock { get; } = new();
    public Database Database { get; private set; } = null!;
    public Transcript Transcript { get; }
    public People People { get; }
    public Memberships Memberships { get; } = new(new LobbySwitch(IsOn: true));
    public string File => _storage.File;

    /// <param name="provider">The one that the environment names where it is left out.</param>
    public static async Task<TestDatabase> Open(string? provider = null) => await Open(await TestStorage.Ready(provider));

    /// <summary>Over a place of its own choice, which goes with it.</summary>
    public static async Task<TestDatabase> Open(TestStorage storage)
    {
        var opened = new TestDatabase(storage);
        opened.Database = await storage.Open(opened.Clock);
        return opened;
    }

    /// <summary>The same database as another node has it open.</summary>
    public Task<Database> OpenAgain() => _storage.Open(Clock);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
