using Chat.Contracts;

namespace Chat.Server.Storage;

/// <summary>The database did not do what it was asked; the caller is refused with <see cref="Refusal"/> and may try again.</summary>
internal sealed class StorageFault(Refusal refusal, Exception? cause = null) : Exception(refusal.Text, cause)
{
    public Refusal Refusal => refusal;
}
