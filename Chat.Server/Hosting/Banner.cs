using Chat.Server.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>What a newcomer needs to know once the server is up. Where every line of the output is to be JSON, it is told by the log.</summary>
internal static partial class Banner
{
    public static void Show(WebApplication app, TimeSpan took)
    {
        var logs = app.Services.GetRequiredService<IOptions<LoggingOptions>>().Value;
        Action<string> say = logs.Json ? line => Log.Told(app.Logger, line) : Console.Out.WriteLine;

        say($"Chat {CommandLine.Version} is ready in {took.TotalMilliseconds:0} ms");
        foreach (var url in app.Urls) say($"Open: {Reachable(url)}");
        say($"Data: {app.Services.GetRequiredService<Database>().Place}");
    }

    /// <summary>The address as a browser on this machine would open it.</summary>
    private static Uri Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        return new UriBuilder(address.Scheme, address.IsAnyInterface() ? "localhost" : address.Host, address.Port).Uri;
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "{Line:l}")]
        public static partial void Told(ILogger logger, string line);
    }
}
