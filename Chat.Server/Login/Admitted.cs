using Chat.Contracts;

namespace Chat.Server.Login;

/// <summary>Somebody who was let in: what the connection is from now on, and what to answer.</summary>
/// <param name="Heartbeat">How often the client said it would ping; null where it said nothing.</param>
internal sealed record Admitted(UserId User, SessionId SessionId, Session Session, TimeSpan? Heartbeat);
