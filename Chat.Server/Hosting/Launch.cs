using System.Diagnostics;
using System.Net.Sockets;
using Chat.Server.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>The life of the process, from its arguments to its exit code. What keeps it from starting is told in one line.</summary>
internal static partial class Launch
{
    public static async Task<int> Run(string[] args, Func<string[], Action<WebApplicationBuilder>?, WebApplication> build)
    {
        if (CommandLine.TextInstead(args) is { } text)
        {
            Console.Out.WriteLine(text);
            return ExitCode.Ok;
        }

        var began = Stopwatch.GetTimestamp();
        WebApplication? app = null;
        try
        {
            app = build(args, null);
            // Before the data is touched.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.StartAsync();
            foreach (var weakness in app.Services.GetServices<Weaknesses>().SelectMany(weaknesses => weaknesses())) Log.Weakened(app.Logger, weakness);
            Banner.Show(app, Stopwatch.GetElapsedTime(began));
            await app.WaitForShutdownAsync();
            // Nobody asked it to stop: a part of it failed, and has said so in the log.
            return app.Services.GetRequiredService<Draining>().HasBegun ? ExitCode.Ok : ExitCode.Broken;
        }
        catch (OperationCanceledException) when (app?.Services.GetRequiredService<Draining>().HasBegun is true)
        {
            return ExitCode.Ok; // asked to stop while it was starting
        }
        catch (Exception exception)
        {
            var (exitCode, line) = Explain(exception, app?.Configuration[KnownSettings.Urls]);
            if (exitCode == ExitCode.Broken && app is not null) Log.StartFailed(app.Logger, exception);
            Console.Error.WriteLine(SafeText.OneLine(line));
            return exitCode;
        }
        finally
        {
            if (app is not null) await app.DisposeAsync();
        }
    }

    private static (int ExitCode, string Line) Explain(Exception exception, string? urls) => exception switch
    {
        Mistake mistake => (mistake.ExitCode, mistake.Message),
        OptionsValidationException wrong => (ExitCode.Configuration, WrongSettings(wrong.OptionsType, wrong.Failures)),
        DataFolderInUse inUse => (ExitCode.Unavailable, inUse.Message),
        StartRefused refused => (ExitCode.Storage, refused.Message),
        IOException { InnerException: AddressInUseException } => (ExitCode.Unavailable,
            $"{urls} is in use by another program: stop that one, or choose another address with --urls http://localhost:5081."),
        SocketException socket => (ExitCode.Unavailable, $"{urls} cannot be listened on ({socket.Message}): choose another address with --urls."),
        InvalidOperationException certificate when certificate.Message.Contains("No server certificate", StringComparison.Ordinal) => (ExitCode.Configuration,
            "https needs a certificate: name one with --Kestrel:Certificates:Default:Path FILE and its KeyPath or Password, or let a proxy do the https."),
        FormatException format => (ExitCode.Configuration, $"A setting of {KnownSettings.Urls} or {KnownSettings.Kestrel} has a wrong value: {format.Message}"),
        AggregateException { InnerException: { } inner } => Explain(inner, urls),
        _ => (ExitCode.Broken, $"The server could not start: {exception.Message}"),
    };

    // A failure reads "MaxConnections: The field WebOptions.MaxConnections must be …"; whoever set it knows it as Web:MaxConnections.
    private static string WrongSettings(Type options, IEnumerable<string> failures)
    {
        var section = KnownSettings.SectionOf(options) ?? options.Name;
        var said = failures.Select(failure => failure[(options.GetProperties().Select(property => property.Name + ": ").FirstOrDefault(failure.StartsWith)?.Length ?? 0)..]);
        return $"A setting of {section} has a wrong value: {string.Join(' ', said).Replace(options.Name + ".", section + ":", StringComparison.Ordinal)}";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The server could not start.")]
        public static partial void StartFailed(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "{Weakness}")]
        public static partial void Weakened(ILogger logger, string weakness);
    }
}
