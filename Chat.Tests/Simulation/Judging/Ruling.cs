namespace Chat.Tests.Simulation.Judging;

/// <summary>The first promise that was found broken. Whoever finds one may stand deep inside the server, where an exception would be caught.</summary>
internal sealed class Ruling
{
    public string? Broken { get; private set; }

    public void Fail(string promise) => Broken ??= promise;

    public void Hold(bool kept, string promise)
    {
        if (!kept) Fail(promise);
    }
}
