using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Login;
using Chat.Server.Presences;

namespace Chat.Server.Hubs;

/// <summary>A connection becomes its user's: it can be found, it listens, and others see that somebody came.</summary>
internal sealed class Arrival(Connections connections, Listening listening, Sessions sessions, PresenceBoard board)
{
    public async Task<Answer<Session>> Of(Connection connection, Answer<Admitted> answer)
    {
        if (!answer.Ok) return answer.Refusal;
        var (user, session, value, patience) = answer.Value;
        if (!connections.Enter(connection, user, session, value.ExpiresAt, patience)) return Refusal.TooManyConnections;

        try
        {
            await listening.Begin(connection, user, sql => sessions.IsLive(sql, session));
            if (connection.IsClosed) return Refusal.SessionEnded;
        }
        catch
        {
            connection.Close(null); // half let in is not in: the client comes back
            throw;
        }

        board.Chose(user, value.Me.PresenceChoice!.Value); // perhaps while nobody of the user's was on this node
        board.Came(user, connection.Id);
        if (connection.IsClosed) board.Went(user, connection.Id);
        return value;
    }
}
