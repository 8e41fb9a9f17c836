using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;

namespace Chat.Tests.Support;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary folder on a loopback port, gone afterwards. It can be stopped as an operator does it,
/// killed as a crash does it, and frozen as a lost network looks. Its databases are made in a language's order, not in that of the bytes.
/// </summary>
internal sealed partial class PostgresServer : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigKill = 9;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // With all tests on it at once it takes its time, and how soon it is given up is for those to show that have one of their own.
    private static readonly Lazy<Task<PostgresServer>> OneForAll = new(() => Start(";Timeout=30;Command Timeout=30"));

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-postgres-").FullName;
    private readonly int _port = FreePort.Take();
    private readonly string _settings;
    private Process? _process;
    private int _databases;

    // However the test run ends, killed included, it leaves no server and no folder behind: this waits for its end and then clears up.
    private const string ClearUp = """
        exec > /dev/null 2>&1
        while kill -0 "$1"; do sleep 1; done
        [ -d "$2" ] || exit
        postmaster=$(head -n 1 "$2/cluster/postmaster.pid") && kill -9 "$postmaster" $(cat "/proc/$postmaster/task/$postmaster/children")
        sleep 1
        rm -rf "$2"
        """;

    private PostgresServer(string settings)
    {
        _settings = settings;
        Process.Start("sh", ["-c", ClearUp, "sh", $"{Environment.ProcessId}", _folder]).Dispose();
    }

    /// <summary>The one that all tests share which do not harm it; it ends with the test run.</summary>
    public static Task<PostgresServer> Shared => OneForAll.Value;

    public static Task<PostgresServer> Start() => Start("");

    private static async Task<PostgresServer> Start(string settings)
    {
        PostgresServer server = new(settings);
        if (Environment.IsPrivilegedProcess) await Run("chown", User, server._folder);
        await Run([.. Unprivileged, Binary("initdb"), "-D", server.Cluster, "-U", "chat", "-A", "trust", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]);
        await server.Begin();
        return server;
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Database={database};Username=chat{_settings}";

    public async Task<string> NewDatabase()
    {
        var name = $"chat_{Interlocked.Increment(ref _databases)}";
        await Command($"CREATE DATABASE {name}");
        return name;
    }

    public Task Drop(string database) => Command($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");

    public async Task Command(string text, string database = "postgres")
    {
        await using var server = NpgsqlDataSource.Create($"{ConnectionString(database)};Server Compatibility Mode=NoTypeLoading;Pooling=false;Timeout=30;Command Timeout=60");
        await using var command = server.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts it, or starts it again on the same data.</summary>
    public async Task Begin()
    {
        _process = Process.Start(StartInfo([.. Unprivileged, Binary("postgres"), "-D", Cluster, "-p", $"{_port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "fsync=off", "-c", "full_page_writes=off"]))!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.Is(IsReady, "PostgreSQL takes connections", Patience);
    }

    /// <summary>As an operator does it: what is under way is broken off, and everybody is thrown out.</summary>
    public async Task Stop()
    {
        Signal(_process!.Id, SigInt);
        await Ended();
    }

    /// <summary>As a crash does it: no word to anybody.</summary>
    public async Task Kill()
    {
        var processes = Processes().ToList();
        foreach (var process in processes) Signal(process, SigKill);
        await Ended();
        await Eventually.Is(() => !processes.Exists(process => Directory.Exists($"/proc/{process}")), "its last process has ended");
    }

    /// <summary>It keeps its connections and says nothing on them, until it is thawed.</summary>
    public void Freeze()
    {
        foreach (var process in Processes()) Signal(process, SigStop);
    }

    public void Thaw()
    {
        foreach (var process in Processes()) Signal(process, SigCont);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private string Cluster => Path.Combine(_folder, "cluster");

    private async Task<bool> IsReady()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"PostgreSQL ended with {_process.ExitCode}.");
        try
        {
            await Command("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task Ended()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _process = null;
    }

    // The postmaster first, so that it makes no new one meanwhile.
    private IEnumerable<int> Processes()
    {
        var postmaster = _process!.Id;
        yield return postmaster;
        foreach (var child in File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return int.Parse(child, null);
    }

    // A child may have ended by itself between being listed and being told.
    private void Signal(int process, int signal)
    {
        if (SendSignal(process, signal) != 0 && process == _process!.Id) throw new InvalidOperationException($"Signal {signal} could not be sent.");
    }

    // PostgreSQL refuses to be run by root. The user comes with its package.
    private const string User = "postgres";

    private static string[] Unprivileged => Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", "--"] : [];

    private static string Binary(string name)
    {
        const string debian = "/usr/lib/postgresql/15/bin";
        return Path.Combine(Environment.GetEnvironmentVariable("POSTGRES_BIN") ?? (Directory.Exists(debian) ? debian : ""), name);
    }

    private static async Task Run(params string[] command)
    {
        using var process = Process.Start(StartInfo(command))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.\n{await output}\n{await errors}");
    }

    private static ProcessStartInfo StartInfo(string[] command) =>
        new(command[0], command[1..]) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true };

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
