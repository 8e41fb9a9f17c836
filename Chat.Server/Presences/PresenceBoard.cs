using System.Threading.Channels;
using Chat.Contracts;
using Microsoft.Extensions.Options;

namespace Chat.Server.Presences;

/// <summary>
/// Who is here, on this node: for each user the connections, and which of them are idle. It promises:
/// 1. a user is as present as the most present of the connections;
/// 2. a connection that goes lowers nothing before the grace is over, and nothing at all when another one comes in it;
/// 3. to others an invisible user looks offline, and <see cref="Of"/> is what others see;
/// 4. each change that others can see is noted once, in order; nobody who calls waits for its telling (<see cref="PresenceTeller"/>).
/// </summary>
internal sealed class PresenceBoard(TimeProvider clock, IOptions<PresenceOptions> options)
{
    private readonly TimeSpan _grace = TimeSpan.FromSeconds(options.Value.Grace);
    private readonly Channel<PresenceNote> _notes = Channel.CreateUnbounded<PresenceNote>(new() { SingleReader = true });

    // Under the lock; a user has at most one note waiting, so the channel is as bounded as the board.
    private readonly Lock _lock = new();
    private readonly Dictionary<UserId, Standing> _standings = [];
    private readonly HashSet<UserId> _invisible = [];

    public ChannelReader<PresenceNote> Notes => _notes.Reader;

    public void Came(UserId user, string connectionId)
    {
        lock (_lock)
        {
            if (!_standings.TryGetValue(user, out var standing)) _standings.Add(user, standing = new());
            standing.Connections[connectionId] = false; // who connects is there
            Settle(user, standing);
        }
    }

    /// <summary>Repeatable.</summary>
    public void Went(UserId user, string connectionId)
    {
        lock (_lock)
        {
            if (!_standings.TryGetValue(user, out var standing) || !standing.Connections.Remove(connectionId)) return;
            standing.LastHere = clock.GetUtcNow();
            if (standing.Best < standing.Level) BeginGrace(user, standing);
        }
    }

    public void Idle(UserId user, string connectionId, bool idle)
    {
        lock (_lock)
        {
            if (!_standings.TryGetValue(user, out var standing) || !standing.Connections.ContainsKey(connectionId)) return;
            standing.Connections[connectionId] = idle;

            // While a grace runs, the connection that went may come back; until then nothing is lowered.
            if (standing.Best >= standing.Level || standing.Grace is null) Settle(user, standing);
        }
    }

    /// <summary>What the user chose, here or on another device; known of users who are not here, too.</summary>
    public void Chose(UserId user, PresenceChoice choice)
    {
        lock (_lock)
        {
            var changed = choice == PresenceChoice.Invisible ? _invisible.Add(user) : _invisible.Remove(user);
            if (!changed || !_standings.TryGetValue(user, out var standing)) return;
            standing.LastHere = clock.GetUtcNow();
            Note(user, standing);
        }
    }

    /// <summary>Tells one user again what another looks like: a block between them came or went.</summary>
    public void LookAgain(UserId at, UserId viewer) => _notes.Writer.TryWrite(new(at, viewer));

    /// <summary>As others see it.</summary>
    public Presence Of(UserId user)
    {
        lock (_lock) return _standings.TryGetValue(user, out var standing) ? Shown(user, standing) : Presence.Offline;
    }

    /// <summary>As the user sees it.</summary>
    public Presence OfOneself(UserId user)
    {
        lock (_lock) return _standings.TryGetValue(user, out var standing) ? standing.Level : Presence.Offline;
    }

    /// <summary>How many of these users others see online or away.</summary>
    public int OnlineCount(IEnumerable<UserId> users) => users.Count(user => Of(user) != Presence.Offline);

    /// <summary>How many users at all others see online or away.</summary>
    public int OnlineCount()
    {
        lock (_lock) return _standings.Count(standing => Shown(standing.Key, standing.Value) != Presence.Offline);
    }

    /// <summary>Everybody whom others were not told to be offline yet, with when they were last here.</summary>
    public List<(UserId User, DateTimeOffset LastHere)> Present()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return [.. _standings
                .Where(standing => standing.Value.Told != Presence.Offline || Shown(standing.Key, standing.Value) != Presence.Offline)
                .Select(standing => (standing.Key, standing.Value.Connections.Count > 0 ? now : standing.Value.LastHere))];
        }
    }

    /// <summary>Done when everything noted so far was told.</summary>
    public Task Settled()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _notes.Writer.TryWrite(new(default, Reached: reached));
        return reached.Task;
    }

    /// <summary>What has to be told about a user who was noted; null where it came to nothing.</summary>
    public PresenceChange? Take(UserId user)
    {
        lock (_lock)
        {
            if (!_standings.TryGetValue(user, out var standing)) return null;
            standing.Noted = false;
            var shown = Shown(user, standing);
            var change = shown == standing.Told ? null : new PresenceChange(shown, standing.LastHere);
            standing.Told = shown;
            if (standing.IsOver) _standings.Remove(user);
            return change;
        }
    }

    private Presence Shown(UserId user, Standing standing) => _invisible.Contains(user) ? Presence.Offline : standing.Level;

    private void BeginGrace(UserId user, Standing standing)
    {
        EndGrace(standing);
        if (_grace == TimeSpan.Zero)
        {
            Settle(user, standing);
            return;
        }
        var turn = standing.Turn;
        standing.Grace = clock.CreateTimer(_ => GraceOver(user, standing, turn), null, _grace, Timeout.InfiniteTimeSpan);
    }

    private void GraceOver(UserId user, Standing standing, int turn)
    {
        lock (_lock)
        {
            if (standing.Turn == turn) Settle(user, standing);
        }
    }

    private void Settle(UserId user, Standing standing)
    {
        EndGrace(standing);
        standing.Level = standing.Best;
        Note(user, standing);
    }

    private void Note(UserId user, Standing standing)
    {
        if (standing.IsOver) _standings.Remove(user);
        if (standing.Noted || Shown(user, standing) == standing.Told) return;
        standing.Noted = true;
        _notes.Writer.TryWrite(new(user));
    }

    private static void EndGrace(Standing standing)
    {
        standing.Turn++;
        standing.Grace?.Dispose();
        standing.Grace = null;
    }
}
