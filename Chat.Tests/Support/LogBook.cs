using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Support;

/// <summary>Everything that was logged, at whatever level, but for what a busy machine makes the web server say.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    /// <summary>What Kestrel warns of where its clock had to wait for a processor.</summary>
    public const string MachineIsBusy = "the heartbeat has been running for";

    private readonly ConcurrentQueue<string> _lines = [];

    public string Text => string.Join('\n', _lines);

    public ILogger<T> For<T>() => LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this)).CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var said = formatter(state, exception);
        if (!said.Contains(MachineIsBusy, StringComparison.Ordinal)) _lines.Enqueue($"{logLevel} {eventId.Id} {said} {exception}");
    }

    public void Dispose() { }
}
