using Microsoft.Data.Sqlite;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>
/// Where one node's work with the store may be interrupted: before and after each statement something else may get its turn, and a commit may
/// be the last thing that the node does, or fail.
/// </summary>
internal sealed class Steps(Random random, Weather weather, Action crash, Action committed)
{
    private readonly List<SqliteConnection> _open = [];

    /// <summary>While a node starts it has no commit that anybody waits for, and no misfortune.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Snapshots that are being read from.</summary>
    public int Reading { get; set; }

    public void Opened(SqliteConnection connection) => _open.Add(connection);

    /// <summary>Perhaps others first.</summary>
    public async ValueTask Perhaps()
    {
        while (random.NextDouble() < weather.Interruption) await Task.Yield();
    }

    public async Task Commit(Action commit)
    {
        await Perhaps();
        await Misfortune("before");
        commit();
        committed();
        await Misfortune("after");
        await Perhaps();
    }

    /// <summary>As the end of the process: what is open is lost, what is committed stays.</summary>
    public void End()
    {
        foreach (var connection in _open) connection.Dispose();
    }

    private async ValueTask Misfortune(string when)
    {
        if (!IsStarted) return;
        if (random.NextDouble() < weather.CrashAtCommit)
        {
            crash();
            await new TaskCompletionSource().Task; // for ever
        }
        if (random.NextDouble() < weather.CommitFailure) throw new SqliteException($"The connection was lost {when} the commit.", 10);
    }
}
