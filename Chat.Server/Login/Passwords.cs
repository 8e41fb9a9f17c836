using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Chat.Server.Login;

internal enum Verdict
{
    Wrong,
    Right,

    /// <summary>Right, and the stored hash is weaker than hashes are made now.</summary>
    Outdated,
}

/// <summary>
/// Makes and checks password hashes. They are slow by purpose, so at most as many as there are cores run at once, on threads of their own
/// (the pool's belong to the chat), a few wait, and more are refused.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private readonly PasswordHasher<Passwords> _hasher;
    private readonly string _nobodysHash;
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly TaskScheduler _threads;
    private readonly int _most;
    private int _underWay;

    /// <param name="threads">Where the hashing is done; the simulation has one of its own.</param>
    public Passwords(IOptions<LoginOptions> options, TaskScheduler? threads = null)
    {
        _threads = threads ?? TaskScheduler.Default;
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _most = Environment.ProcessorCount + options.Value.PasswordQueue;
        _nobodysHash = _hasher.HashPassword(this, Tokens.New());
    }

    /// <summary>Null where too many wait already.</summary>
    public async Task<string?> Hash(string password) =>
        await Slowly(() => _hasher.HashPassword(this, Composed(password)));

    /// <summary>Takes as long for a user who does not exist (no hash) as for one who does. Null where too many wait already.</summary>
    public async Task<Verdict?> Verify(string? hash, string password)
    {
        var result = await Slowly<object>(() => _hasher.VerifyHashedPassword(this, hash ?? _nobodysHash, Composed(password)));
        return result switch
        {
            null => null,
            _ when hash is null => Verdict.Wrong,
            PasswordVerificationResult.Success => Verdict.Right,
            PasswordVerificationResult.SuccessRehashNeeded => Verdict.Outdated,
            _ => Verdict.Wrong,
        };
    }

    public void Dispose() => _cores.Dispose();

    // The same password typed on another keyboard is the same password.
    private static string Composed(string password) => password.Normalize(NormalizationForm.FormC);

    private async Task<T?> Slowly<T>(Func<T> hash) where T : class
    {
        if (Interlocked.Increment(ref _underWay) > _most)
        {
            Interlocked.Decrement(ref _underWay);
            return null;
        }
        try
        {
            await _cores.WaitAsync();
            try
            {
                return await Task.Factory.StartNew(hash, CancellationToken.None, TaskCreationOptions.LongRunning, _threads);
            }
            finally
            {
                _cores.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
