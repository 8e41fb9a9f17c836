using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Login;
using Chat.Server.Presences;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hubs;

/// <summary>A connection becomes its user's: it can be found, it listens, and others see that somebody came.</summary>
internal sealed class Arrival(Connections connections, Listening listening, Sessions sessions, PresenceBoard board, IOptions<DeliveryOptions> options)
{
    public async Task<Answer<Session>> Of(Connection connection, Answer<Admitted> answer)
    {
        if (!answer.Ok) return answer.Refusal;
        var admitted = answer.Value;
        var most = options.Value.ConnectionsPerUser;
        if (!connections.Enter(connection, admitted.User, admitted.SessionId, admitted.Session.ExpiresAt, admitted.Patience, most))
            return Refusal.TooManyConnections;

        await listening.Begin(connection, admitted.User);
        if (!await sessions.IsLive(admitted.SessionId)) connections.End([admitted.SessionId], SessionEndReason.Ended);
        if (connection.IsClosed) return Refusal.SessionEnded;
        board.Came(admitted.User, connection.Id);
        return admitted.Session;
    }
}
