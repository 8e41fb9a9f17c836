using Chat.MessagePack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Bench.Servers;

/// <summary>The yardstick as a program, with SignalR's own defaults.</summary>
internal static class BareServer
{
    public const string Verb = "bare";
    public const string Ready = "Ready";

    public static async Task Run(string url)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning); // as its template says of the framework
        builder.Services.AddSignalR().AddChatMessagePack();
        var app = builder.Build();
        app.MapHub<BareHub>("/chat");
        app.Urls.Add(url);
        await app.StartAsync();
        await Console.Out.WriteLineAsync(Ready);
        await app.WaitForShutdownAsync();
    }
}
