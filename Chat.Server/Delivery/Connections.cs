using System.Collections.Concurrent;
using Chat.Contracts;
using Microsoft.Extensions.Options;

namespace Chat.Server.Delivery;

/// <summary>The live connections of this node, and whose they are.</summary>
internal sealed class Connections(IOptions<DeliveryOptions> options)
{
    private readonly ConcurrentDictionary<string, Connection> _all = [];
    private readonly Lock _lock = new();
    private int _open;

    // Guarded by the lock.
    private readonly Dictionary<UserId, List<Connection>> _ofUser = [];

    public ICollection<Connection> All => _all.Values;

    /// <summary>Whether there is a socket left. One is open for a moment longer than its connection: until the close frame is written, and answered.</summary>
    public bool HaveOpenSockets => Volatile.Read(ref _open) > 0;

    public Connection? Find(string id) => _all.GetValueOrDefault(id);

    public void Add(Connection connection) => _all[connection.Id] = connection;

    public void SocketOpened() => Interlocked.Increment(ref _open);

    public void SocketClosed() => Interlocked.Decrement(ref _open);

    /// <summary>Whether one more is allowed.</summary>
    public bool HaveRoomFor(UserId user) => Of(user).Count < options.Value.ConnectionsPerUser;

    /// <summary>The connection is now the user's, as far as one more is allowed and it has not closed meanwhile.</summary>
    public bool Enter(Connection connection, UserId user, SessionId session, DateTimeOffset expiresAt, TimeSpan patience)
    {
        lock (_lock)
        {
            if (connection.IsClosed || !HaveRoomFor(user)) return false;
            if (!_ofUser.TryGetValue(user, out var connections)) _ofUser.Add(user, connections = []);
            connection.Enter(user, session, expiresAt, patience);
            connections.Add(connection);
            return true;
        }
    }

    /// <summary>It has closed: one that is still logging in finds no way in any more.</summary>
    public void Remove(Connection connection)
    {
        _all.TryRemove(connection.Id, out _);
        lock (_lock)
        {
            if (connection.User is not { } user) return;
            if (_ofUser.TryGetValue(user, out var connections) && connections.Remove(connection) && connections.Count == 0) _ofUser.Remove(user);
        }
    }

    public IReadOnlyList<Connection> Of(UserId user)
    {
        lock (_lock) return _ofUser.TryGetValue(user, out var connections) ? [.. connections] : [];
    }

    /// <summary>When this returns, nothing more reaches these sessions from this node.</summary>
    public void End(IReadOnlyCollection<SessionId> sessions, SessionEndReason reason)
    {
        foreach (var connection in All)
        {
            if (connection.Session is { } session && sessions.Contains(session))
                connection.End(reason);
        }
    }

    /// <summary>The same for all sessions of a user but perhaps one.</summary>
    public void End(UserId user, SessionId? except, SessionEndReason reason)
    {
        foreach (var connection in Of(user))
        {
            if (connection.Session != except) connection.End(reason);
        }
    }
}
