using Chat.Bench.Sockets;

namespace Chat.Bench.Servers;

/// <summary>Somebody on a connection.</summary>
/// <param name="Token">Proves the session; the bare server knows none.</param>
internal sealed record Guest(Wire Wire, string Name, string? Token);
