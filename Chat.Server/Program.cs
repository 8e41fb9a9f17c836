using Chat.Server.Conversations;
using Chat.Server.Delivery;
using Chat.Server.Hosting;
using Chat.Server.Hubs;
using Chat.Server.Login;
using Chat.Server.Messages;
using Chat.Server.Presences;
using Chat.Server.Sockets;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Chat.Server.Web;

namespace Chat.Server;

/// <summary>What the server is made of: its settings, one line for each room, then the way of a request and the map of endpoints.</summary>
internal static class ChatServer
{
    public static Task<int> Main(string[] args) => Launch.Run(args, Build);

    /// <param name="adjust">The last word on what was registered; the tests hand in a clock of their own here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null) => Build(Settings.NewBuilder(args), adjust);

    /// <summary>A server inside another program; what it does not name has its default.</summary>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder> adjust) => Build(Settings.NewBuilder(settings), adjust);

    private static WebApplication Build(WebApplicationBuilder builder, Action<WebApplicationBuilder>? adjust)
    {
        builder.AddDiagnostics();
        builder.AddProcess();
        builder.AddStorage();
        builder.AddTranscripts();
        builder.AddDelivery();
        builder.AddSockets();
        builder.AddPresences();
        builder.AddUsers();
        builder.AddLogin();
        builder.AddConversations();
        builder.AddMessages();
        builder.AddHub();
        builder.AddWeb();
        adjust?.Invoke(builder);

        var app = builder.Build();

        app.UseWeb();
        app.MapChatHub(Paths.Hub);
        app.MapSession(app.Services.GetRequiredService<Sessions>().Holds);
        app.MapHealth();
        app.MapPage();
        return app;
    }
}
