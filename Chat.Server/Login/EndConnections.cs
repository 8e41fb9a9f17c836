using Chat.Contracts;

namespace Chat.Server.Login;

/// <summary>Closes the live connections of sessions that have ended, telling them why. Called after the commit, by the writer: it must not wait.</summary>
internal delegate void EndConnections(IReadOnlyCollection<SessionId> sessions, SessionEndReason reason);

/// <summary>The same for all sessions of a user but perhaps one, whichever they are.</summary>
internal delegate void EndAllConnections(UserId user, SessionId? except, SessionEndReason reason);
