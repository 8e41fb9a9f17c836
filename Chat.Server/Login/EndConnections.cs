using Chat.Contracts;

namespace Chat.Server.Login;

/// <summary>Closes the live connections of sessions that have ended, telling them why. Called after the commit, by the writer: it must not wait.</summary>
internal delegate void EndConnections(IReadOnlyCollection<SessionId> sessions, SessionEndReason reason);
