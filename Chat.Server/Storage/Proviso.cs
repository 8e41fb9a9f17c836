using Chat.Contracts;

namespace Chat.Server.Storage;

/// <summary>
/// What must still hold when the turn of a write comes, for the flow of calls that said it. A session that ended while a write of it was
/// waiting changes nothing any more.
/// </summary>
internal static class Proviso
{
    private static readonly AsyncLocal<Func<Refusal?>?> Said = new();

    /// <summary>Answers a refusal where it does not hold any more.</summary>
    public static Func<Refusal?>? Current
    {
        get => Said.Value;
        set => Said.Value = value;
    }
}
