using Chat.Contracts;
using Chat.Server.Conversations;
using Chat.Server.Login;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Chat.Tests.Simulation.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Simulation;

/// <summary>The users and conversations that every run begins with: made once, by the server's own rooms, and copied for each run.</summary>
internal sealed class Town : IDisposable
{
    public const string Password = "the heron eats at dawn";
    public static readonly string[] Users = ["ann", "bob", "cid", "dee"];
    private static readonly Lazy<Town> OneForAll = new(() => new Town());

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Memory, $"chat-simulation-{Guid.NewGuid():N}")).FullName;
    private int _copies;

    private Town()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        Task.Run(Build).GetAwaiter().GetResult();
    }

    public static Town Shared => OneForAll.Value;

    /// <summary>Weak hashes, and nobody is slowed down: passwords are not what a run is about.</summary>
    public static LoginOptions Login { get; } =
        new() { PasswordIterations = 1, FreeFailures = 0, FailuresPerAddress = 0, FailuresPerUser = 0, RegistrationsPerAddress = 0 };

    // A disk of memory where there is one: a run is to find out what is wrong, not how fast a disk is.
    private static string Memory => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private string Original => Path.Combine(_folder, "town.db");

    /// <summary>A store of its own for one run; gone when that is disposed.</summary>
    public Copy NewCopy()
    {
        var file = Path.Combine(_folder, $"{Interlocked.Increment(ref _copies)}.db");
        File.Copy(Original, file);
        return new(file);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Build()
    {
        VirtualClock clock = new();
        await using var database = await Database.Open(new SqliteDialect(Original), clock, NullLogger.Instance);
        Parts parts = new();
        parts.Add<TimeProvider>(clock);
        parts.Add(database);
        parts.Add(new LobbySwitch(IsOn: true));
        parts.AddDefaults();

        PasswordHasher<Town> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Login.PasswordIterations }));
        List<UserId> users = [];
        foreach (var name in Users)
        {
            var user = parts.Get<Registration>().Check(new() { UserName = name, Password = Password }).Value!;
            users.Add((await database.Write(sql => parts.Get<Registration>().Enter(sql, user, hasher.HashPassword(this, Password))))!.Value);
        }
        await parts.Get<Conferences>().Start(users[0], new() { OperationId = OperationId.New(clock), With = ["bob", "cid"] });
        await parts.Get<Conferences>().Start(users[1], new() { OperationId = OperationId.New(clock), With = ["ann", "dee"], OpenName = "market" });
        await parts.Get<PrivateChats>().Start(users[0], new() { With = "bob" });
    }

    internal sealed record Copy(string File) : IDisposable
    {
        public void Dispose()
        {
            foreach (var file in new[] { File, $"{File}-wal", $"{File}-shm" }) System.IO.File.Delete(file);
        }
    }
}
