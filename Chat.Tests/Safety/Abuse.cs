using System.Diagnostics;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Chat.Tests.Safety;

/// <summary>One kind of abuse of a server in a process of its own.</summary>
/// <param name="Small">How many of what the row is about, on a small machine.</param>
/// <param name="Full">The same, for a large installation.</param>
/// <param name="Deed">What is done while the healthy pair talks.</param>
internal sealed record Abuse(string Name, int Small, int Full, Func<Abused, Task> Deed)
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("CHAT_TEST_SIZE") == "full";

    public string[] Settings { get; init; } = Relaxed.Settings;

    public Dictionary<string, string> Environs { get; init; } = [];

    /// <summary>What is made ready before the healthy pair begins.</summary>
    public Func<Abused, Task> Preparation { get; init; } = _ => Task.CompletedTask;

    public async Task Happen(ITestOutputHelper output)
    {
        var storage = await TestStorage.Empty();
        await using var server = await ServerProcess.Start(storage, Environs, Settings);
        Abused abused = new(server, storage, IsFull ? Full : Small, output);
        await Preparation(abused);
        await using var pair = await HealthyPair.Begin(server.Url);
        await Eventually.Is(() => pair.Stored >= 5, "the healthy pair has begun");
        var began = Stopwatch.GetTimestamp();
        await Deed(abused);
        var took = Stopwatch.GetElapsedTime(began);

        output.WriteLine($"{Name}: {abused.Size:N0} in {took.TotalSeconds:0.0} s; {await pair.End()}; the server holds {abused.Memory / 1024 / 1024} MB.");
        server.IsRunning.Should().BeTrue();
    }
}

/// <param name="Size">How many of what the row is about.</param>
internal sealed record Abused(ServerProcess Server, TestStorage Storage, int Size, ITestOutputHelper Output)
{
    public string Url => Server.Url;

    public string DatabaseFile => Path.Combine(Server.DataFolder, "chat.db");

    /// <summary>Bytes of memory that the server's process has.</summary>
    public long Memory
    {
        get
        {
            using var process = Process.GetProcessById(Server.Id);
            return process.WorkingSet64;
        }
    }

    /// <summary>The user's session, for any number of connections.</summary>
    public async Task<Session> Register(string userName)
    {
        await using var newcomer = await RawConnection.Open(Url);
        return (await newcomer.Ask(new Register { UserName = userName, Password = Visitor.Password })).As<Session>();
    }

    public async Task<Visitor> Resume(Session session)
    {
        var connection = await RawConnection.Open(Url);
        return new(connection, (await connection.Ask(new Resume { Token = session.Token })).As<Session>());
    }

    public Dialect NewDialect() => TestStorage.Usual == StorageOptions.Sqlite ? new SqliteDialect(DatabaseFile) : Storage.NewDialect();

    /// <summary>Beside the server, as another node has it open.</summary>
    public Task<Database> OpenDatabase() => Database.Open(NewDialect(), TimeProvider.System, NullLogger.Instance);

    /// <summary>Says how long something took: printed, not judged.</summary>
    public async Task<T> Time<T>(string what, Func<Task<T>> deed)
    {
        var began = Stopwatch.GetTimestamp();
        var done = await deed();
        Output.WriteLine($"  {what}: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        return done;
    }

    /// <summary>All at once; those that did not come about are null.</summary>
    public static async Task<List<T?>> Try<T>(int count, Func<int, Task<T>> begin) where T : class =>
        [.. await Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
        {
            try
            {
                return await begin(number);
            }
            catch (Exception exception) when (exception is IOException or System.Net.WebSockets.WebSocketException or System.Net.Sockets.SocketException or OperationCanceledException or TimeoutException)
            {
                return null;
            }
        }))];

    public static async Task Close<T>(IEnumerable<T?> all) where T : class, IAsyncDisposable
    {
        foreach (var one in all) if (one is not null) await one.DisposeAsync();
    }
}
