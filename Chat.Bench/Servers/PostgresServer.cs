using System.Diagnostics;
using Npgsql;

namespace Chat.Bench.Servers;

/// <summary>A PostgreSQL server with its own defaults, durable ones, in a temporary folder on a loopback port; gone afterwards.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres"; // comes with the package; PostgreSQL refuses to be run by root
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("bench-postgres-").FullName;
    private readonly int _port = FreePort.Take().Port;

    public string[] Settings => ["--Storage:Provider=postgres", $"--Storage:ConnectionString={ConnectionString("chat")}"];

    private string Cluster => Path.Combine(_folder, "cluster");

    private static string[] Unprivileged => Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", "--"] : [];

    public static async Task<PostgresServer> Start()
    {
        PostgresServer server = new();
        if (Environment.IsPrivilegedProcess) await Run("chown", User, server._folder);
        await Run([.. Unprivileged, Binary("initdb"), "-D", server.Cluster, "-U", "chat", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        await Run([.. Unprivileged, Binary("pg_ctl"), "start", "-w", "-s", "-D", server.Cluster, "-l", Path.Combine(server._folder, "log"), "-t", $"{Patience.TotalSeconds}",
            "-o", $"-p {server._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="]);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var command = source.CreateCommand("CREATE DATABASE chat");
        await command.ExecuteNonQueryAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Run([.. Unprivileged, Binary("pg_ctl"), "stop", "-s", "-D", Cluster, "-m", "immediate"]);
        Directory.Delete(_folder, recursive: true);
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Database={database};Username=chat";

    private static string Binary(string name)
    {
        const string debian = "/usr/lib/postgresql/15/bin";
        return Path.Combine(Environment.GetEnvironmentVariable("POSTGRES_BIN") ?? (Directory.Exists(debian) ? debian : ""), name);
    }

    // Its output is not looked at: the database server would hold the pipe open.
    private static async Task Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" > /dev/null", "sh", .. command]) { WorkingDirectory = Path.GetTempPath() })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }
}
