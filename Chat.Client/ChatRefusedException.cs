using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// The server understood, said no, and changed nothing. Ask which no it was by the catalogue of the contract:
/// <c>catch (ChatRefusedException no) when (no.Is(Refusal.NoSuchUser))</c>. What is too large for any server to read is refused by the client, in the same words.
/// </summary>
public sealed class ChatRefusedException : Exception
{
    internal ChatRefusedException(Refusal refusal, SessionEndReason? ended = null) : base(refusal.Text) => (Refusal, Ended) = (refusal, ended);

    /// <summary>The refusal as the server wrote it.</summary>
    public Refusal Refusal { get; }

    /// <summary>Stable: codes are added, never renumbered.</summary>
    public int Code => Refusal.Code;

    /// <summary>The same in a word, as stable: <c>noSuchUser</c>.</summary>
    public string Name => Refusal.Name;

    /// <summary>The field of the request that it is about, as its path on the wire; null where it is about the whole.</summary>
    public string? Field => Refusal.Field;

    /// <summary>Whether the same, tried again later, may be accepted.</summary>
    public bool Retryable => Refusal.Retryable;

    /// <summary>How long to wait before that; null where the server did not say.</summary>
    public TimeSpan? RetryAfter => Refusal.RetryAfterMs is { } wait ? TimeSpan.FromMilliseconds(wait) : null;

    /// <summary>Where a session ended: why, if the server said so.</summary>
    public SessionEndReason? Ended { get; }

    /// <summary>Whether it is this refusal, whatever its wording and its field.</summary>
    public bool Is(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Code == refusal.Code;
    }
}
