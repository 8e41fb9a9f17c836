using System.Globalization;
using System.Threading.Channels;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Server.Delivery;

/// <summary>
/// Hints by PostgreSQL's NOTIFY and LISTEN, on two connections of their own. What goes wrong here costs hints and nothing else: what they would have
/// told of is found by the sweep.
/// </summary>
internal sealed partial class PostgresBus(IOptions<StorageOptions> storage, TimeProvider clock, ILogger<PostgresBus> logger) : BackgroundService, IBus
{
    private const string Notice = "chat_hint";
    private const int HintsInOne = 100; // a notification has less than 8,000 bytes, a hint at most 60
    private const int Waiting = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Hint> _toTell =
        Channel.CreateBounded<Hint>(new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private volatile int _speaker;

    public event Action<Hint>? Heard;

    public void Tell(Hint hint) => _toTell.Writer.TryWrite(hint);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        PostgresDialect database = new(storage.Value.ConnectionString!);
        return Task.WhenAll(AgainAndAgain(database, Listen, stoppingToken), AgainAndAgain(database, Speak, stoppingToken));
    }

    private async Task Listen(NpgsqlConnection connection, CancellationToken cancel)
    {
        connection.Notification += (_, notification) =>
        {
            if (notification.PID != _speaker) Hear(notification.Payload);
        };
        await using (NpgsqlCommand command = new($"LISTEN {Notice}", connection)) await command.ExecuteNonQueryAsync(cancel);
        while (true) await connection.WaitAsync(cancel);
    }

    private async Task Speak(NpgsqlConnection connection, CancellationToken cancel)
    {
        _speaker = connection.ProcessID;
        await using NpgsqlCommand command = new($"SELECT pg_notify('{Notice}', $1)", connection) { Parameters = { new() { Value = "" } } };
        Dictionary<TranscriptId, long> heads = [];
        while (await _toTell.Reader.WaitToReadAsync(cancel))
        {
            heads.Clear();
            while (heads.Count < HintsInOne && _toTell.Reader.TryRead(out var hint)) heads[hint.Transcript] = Math.Max(hint.Head, heads.GetValueOrDefault(hint.Transcript));
            command.Parameters[0].Value = string.Join('\n', heads.Select(head => $"{head.Key.Value} {head.Value}"));
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    // Whoever else may write to this database may say anything here.
    private void Hear(string payload)
    {
        foreach (var line in payload.Split('\n'))
        {
            if (line.Split(' ') is [var transcript, var said] && long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var head))
                Heard?.Invoke(new(new(transcript), head));
        }
    }

    private async Task AgainAndAgain(PostgresDialect database, Func<NpgsqlConnection, CancellationToken, Task> deed, CancellationToken stopping)
    {
        var isDown = false;
        while (true)
        {
            try
            {
                await using var connection = (NpgsqlConnection)await database.Open(stopping);
                if (isDown) Log.IsBack(logger);
                isDown = false;
                await deed(connection, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Once, and not for each try.
                if (!isDown) Log.Lost(logger, exception);
                isDown = true;
            }
            await Task.Delay(Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(230, LogLevel.Warning, "Hints are not carried between the nodes: what is said on another node comes as late as the sweep.")]
        public static partial void Lost(ILogger logger, Exception exception);

        [LoggerMessage(231, LogLevel.Information, "Hints are carried between the nodes again.")]
        public static partial void IsBack(ILogger logger);
    }
}
