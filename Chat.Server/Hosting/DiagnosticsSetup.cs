using System.Globalization;
using System.Text;
using Chat.Server.Storage;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;
using Serilog.Sinks.File;

namespace Chat.Server.Hosting;

/// <summary>The log: to the console, and to a file where one is named. Levels are those of <c>Logging:LogLevel</c>.</summary>
internal static class DiagnosticsSetup
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    public static void AddDiagnostics(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(LoggingOptions.Section);
        builder.Services.Configure<LoggingOptions>(section);
        var logger = NewLogger(section.Get<LoggingOptions>() ?? new(), DataFolder.Of(builder.Configuration));
        // Not by AddSerilog: that would set the levels aside that the settings ask for.
        builder.Logging.AddConfiguration(section).AddProvider(new SerilogLoggerProvider(logger, dispose: true));
    }

    private static Logger NewLogger(LoggingOptions options, DataFolder data)
    {
        ITextFormatter format = new SafeFormatter(options.Json ? new JsonFormatter(renderMessage: true) : new MessageTemplateTextFormatter(Line, CultureInfo.InvariantCulture));
        var logger = new LoggerConfiguration().MinimumLevel.Verbose().Filter.ByExcluding(IsToldInOneLine).WriteTo.Console(format);
        if (options.File is not null)
        {
            data.Make();
            logger.WriteTo.File(format, Path.Combine(data.Folder, options.File), rollingInterval: RollingInterval.Day, rollOnFileSizeLimit: true, hooks: new PrivateFiles());
        }
        return logger.CreateLogger();
    }

    // The framework tells with a stack why a start failed; Launch tells it in one line.
    private static bool IsToldInOneLine(LogEvent entry) =>
        entry.Exception is not null && entry.Level >= LogEventLevel.Error
        && entry.MessageTemplate.Text is "Hosting failed to start" or "Unable to start Kestrel.";

    private sealed class PrivateFiles : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return underlyingStream;
        }
    }
}
