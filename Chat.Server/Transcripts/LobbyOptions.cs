namespace Chat.Server.Transcripts;

internal sealed class LobbyOptions
{
    public const string Section = "Lobby";

    /// <summary>Whether there is a conversation that everybody is in.</summary>
    public bool Enabled { get; init; } = true;
}
