using Chat.Server.Hosting;

namespace Chat.Server.Web;

/// <summary>What a browser that was pointed here shows: that the server is up, and how programs talk to it.</summary>
internal static class FrontPage
{
    private static readonly string Text = $"""
        Chat {CommandLine.Version}

        The server is up. Programs talk to its SignalR hub at {Paths.Hub}; docs/protocol.md, in the source, tells how.

        """;

    public static void MapFrontPage(this WebApplication app) => app.MapGet("/", () => Text);
}
