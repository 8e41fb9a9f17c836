using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Transcripts;

/// <summary>The conversation in which every user is a member by being a user: no membership rows, everything readable from seq 1.</summary>
internal static class Lobby
{
    public const string Name = "lobby";
    public static readonly ConversationId Id = new(Name);

    /// <summary>How many members it has, counted no further than the answer is needed.</summary>
    public static Task<long> CountUpTo(Sql sql, int most) => sql.One(
        "SELECT COUNT(*) FROM (SELECT 1 FROM chat_user WHERE deactivated_at IS NULL LIMIT @most) AS counted", row => row.GetInt64(0), ("most", most));
}

/// <summary>Whether this server has a Lobby.</summary>
internal sealed record LobbySwitch(bool IsOn);
