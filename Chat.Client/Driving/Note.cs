using Chat.Client.Rules;

namespace Chat.Client.Driving;

/// <summary>What the driver's loop is handed.</summary>
/// <param name="Taken">Says whether the connection that brought it was still the present one.</param>
internal sealed record Note(Input Input, TaskCompletionSource<bool>? Taken = null);
