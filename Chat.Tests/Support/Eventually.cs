using System.Diagnostics;

namespace Chat.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until something is so, and fails with what was hoped for when it does not come.</summary>
    public static async Task Is(Func<bool> condition, string hope, TimeSpan? within = null)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > (within ?? Patience)) throw new TimeoutException($"Hoped in vain that {hope}.");
            await Task.Delay(5);
        }
    }

    public static async Task Is(Func<Task<bool>> condition, string hope, TimeSpan? within = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > (within ?? Patience)) throw new TimeoutException($"Hoped in vain that {hope}.");
            await Task.Delay(20);
        }
    }
}
