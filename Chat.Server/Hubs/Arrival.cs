using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Login;
using Chat.Server.Presences;

namespace Chat.Server.Hubs;

/// <summary>A connection becomes its user's: it can be found, it listens, and others see that somebody came.</summary>
internal sealed class Arrival(Connections connections, Listening listening, Sessions sessions, Choices choices, PresenceBoard board)
{
    public async Task<Answer<Session>> Of(Connection connection, Answer<Admitted> answer)
    {
        if (!answer.Ok) return answer.Refusal;
        var (user, session, value, patience) = answer.Value;
        if (!connections.Enter(connection, user, session, value.ExpiresAt, patience)) return connection.IsClosed ? Refusal.ServerBusy : Refusal.TooManyConnections;

        try
        {
            await listening.Begin(connection, user, sql => sessions.IsLive(sql, session));
            if (connection.HasEnded) return Refusal.SessionEnded;
            if (connection.IsClosed) return Refusal.ServerBusy;
            // Nobody of the user's may have been on this node. Asked now, when the inbox tells of changes: the profile in the answer was read before.
            await choices.LookAgain(user);
        }
        catch
        {
            connection.Close(null); // half let in is not in: the client comes back
            throw;
        }

        board.Came(user, connection.Id);
        if (connection.IsClosed) board.Went(user, connection.Id);
        return value;
    }
}
