using Chat.Contracts;

namespace Chat.Server.Transcripts;

/// <summary>The conversation in which every user is a member by being a user: no membership rows, everything readable from seq 1.</summary>
internal static class Lobby
{
    public const string Name = "lobby";
    public static readonly ConversationId Id = new(Name);
}

/// <summary>Whether this server has a Lobby.</summary>
internal sealed record LobbySwitch(bool IsOn);
