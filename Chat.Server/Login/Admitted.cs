using Chat.Contracts;

namespace Chat.Server.Login;

/// <summary>Somebody who was let in: what the connection is from now on, and what to answer.</summary>
/// <param name="Patience">How long the client may be silent, going by the heartbeat it declared.</param>
internal sealed record Admitted(UserId User, SessionId SessionId, Session Session, TimeSpan Patience);
