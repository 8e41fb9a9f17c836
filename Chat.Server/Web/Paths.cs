namespace Chat.Server.Web;

/// <summary>Where things are found; part of the contract with every client.</summary>
internal static class Paths
{
    public const string Hub = "/chat";
    public const string Session = "/session";
    public const string Health = "/health";

    /// <summary>Where the page shows one of the conversations: its id follows, and behind that the seq of a message.</summary>
    public const string Conversations = "/c";
}
