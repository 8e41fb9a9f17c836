using System.Net;
using Microsoft.Extensions.Options;

namespace Chat.Server.Login;

/// <summary>
/// Slows down who guesses, without locking out who knows. It promises:
/// 1. after <see cref="LoginOptions.FreeFailures"/> failures from one address to one user each further one makes that address wait 1, 2, 4 … 60 s there;
/// 2. one address fails at most so often a minute, whatever users it tries;
/// 3. all addresses together fail at most so often an hour at one user, but an address from which the user has logged in before is not among them;
/// 4. a try counts as failed from its beginning on, so that many at once are no way around; who would have to wait only because of tries that are
///    not judged yet is judged after them, so that many at once with the right password all get in;
/// 5. the wall clock may jump: only elapsed time counts.
/// Kept in the memory of this node.
/// </summary>
internal sealed class Attempts(IOptions<LoginOptions> options, TimeProvider clock)
{
    private const int Most = 50_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Allowance<string> _addresses = new(options.Value.FailuresPerAddress, TimeSpan.FromMinutes(1), clock);
    private readonly Allowance<string> _users = new(options.Value.FailuresPerUser, TimeSpan.FromHours(1), clock);
    private readonly Allowance<string> _registrations = new(options.Value.RegistrationsPerAddress, TimeSpan.FromHours(1), clock);
    private readonly Dictionary<(string User, string Address), Failures> _failures = [];
    private readonly Dictionary<(string User, string Address), TimeSpan> _known = [];
    private readonly Dictionary<(string User, string Address), Trying> _trying = []; // no more than calls are under way

    /// <summary>Begins a log-in, after those of the same user and address that it would have to wait for.</summary>
    public async Task<Attempt> BeginInTurn(string userName, string address)
    {
        while (true)
        {
            var attempt = Begin(userName, address);
            if (attempt.Wait == TimeSpan.Zero || attempt.Another is null) return attempt;
            await attempt.Another;
        }
    }

    /// <summary>Begins a log-in; it has failed unless it is told otherwise.</summary>
    public Attempt Begin(string userName, string address)
    {
        var key = (userName, Key(address));
        lock (_lock)
        {
            var known = _known.ContainsKey(key);
            var wait = new[] { WaitAfterFailures(key), _addresses.Wait(key.Item2), known ? TimeSpan.Zero : _users.Wait(userName) }.Max();
            if (wait > TimeSpan.Zero) return new(wait, _ => { }, () => { }) { Another = _trying.GetValueOrDefault(key)?.OneEnded.Task };

            _addresses.Take(key.Item2);
            if (!known) _users.Take(userName);
            Fail(key);
            Enter(key);
            return new(TimeSpan.Zero, succeeded => Settle(key, known, succeeded), () => Leave(key));
        }
    }

    /// <summary>Begins a registration; zero when it may go on.</summary>
    public TimeSpan BeginRegistration(string address)
    {
        lock (_lock)
        {
            var wait = _registrations.Wait(Key(address));
            if (wait == TimeSpan.Zero) _registrations.Take(Key(address));
            return wait;
        }
    }

    /// <summary>The user was let in from this address: by a log-in, or by a session that was resumed.</summary>
    public void LetIn(string userName, string address)
    {
        lock (_lock) Know((userName, Key(address)));
    }

    /// <summary>Things kept in memory; bounded, whoever tries what from where.</summary>
    public int Remembered
    {
        get
        {
            lock (_lock) return _addresses.Count + _users.Count + _registrations.Count + _failures.Count + _known.Count;
        }
    }

    private void Settle((string User, string Address) key, bool known, bool succeeded)
    {
        lock (_lock)
        {
            _addresses.GiveBack(key.Address);
            if (!known) _users.GiveBack(key.User);
            if (succeeded)
            {
                _failures.Remove(key);
                Know(key);
            }
            else if (_failures.TryGetValue(key, out var failures))
            {
                _failures[key] = failures with { Count = failures.Count - 1 };
            }
        }
    }

    private void Enter((string, string) key)
    {
        if (!_trying.TryGetValue(key, out var trying)) _trying.Add(key, trying = new());
        trying.Count++;
    }

    private void Leave((string, string) key)
    {
        lock (_lock)
        {
            var trying = _trying[key];
            if (--trying.Count == 0) _trying.Remove(key);
            trying.OneEnded.SetResult();
            trying.OneEnded = NewEnd();
        }
    }

    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TimeSpan WaitAfterFailures((string, string) key)
    {
        var wait = Recent(key).FreeAt - Now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private void Fail((string, string) key)
    {
        var before = Recent(key);
        var slowed = options.Value.FreeFailures == 0 ? -1 : before.Count - options.Value.FreeFailures;
        var wait = slowed < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, slowed)));
        MakeRoom(_failures, failures => failures.At);
        _failures[key] = new(before.Count + 1, Now, Now + wait);
    }

    private Failures Recent((string, string) key) =>
        _failures.TryGetValue(key, out var failures) && Now - failures.At <= Memory ? failures : default;

    private void Know((string, string) key)
    {
        MakeRoom(_known, at => at);
        _known[key] = Now;
    }

    private TimeSpan Now => clock.GetElapsedTime(0);

    // The oldest half goes: under an attack that fills the table, what is old has no effect any more.
    private static void MakeRoom<T>(Dictionary<(string, string), T> table, Func<T, TimeSpan> age)
    {
        if (table.Count < Most) return;
        foreach (var (key, _) in table.OrderBy(entry => age(entry.Value)).Take(Most / 2).ToList()) table.Remove(key);
    }

    private static string Key(string address) => IPAddress.TryParse(address, out var parsed) ? Network.Of(parsed).ToString() : address;

    private readonly record struct Failures(int Count, TimeSpan At, TimeSpan FreeAt);

    private sealed class Trying
    {
        public int Count { get; set; }
        public TaskCompletionSource OneEnded { get; set; } = NewEnd();
    }
}

/// <summary>A try to log in. Left alone it counts as failed.</summary>
/// <param name="Wait">More than zero where it may not even begin.</param>
/// <param name="End">Whatever came of it, nobody need wait for it any more.</param>
internal sealed record Attempt(TimeSpan Wait, Action<bool> Settle, Action End) : IDisposable
{
    /// <summary>Where it may not begin: over as soon as another of the same user and address has ended; null where none is under way.</summary>
    public Task? Another { get; init; }

    public void Succeeded() => Settle(true);

    /// <summary>The password was never judged: it counts for nothing.</summary>
    public void Undo() => Settle(false);

    public void Dispose() => End();
}
