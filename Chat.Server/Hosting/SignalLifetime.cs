using System.Runtime.InteropServices;

namespace Chat.Server.Hosting;

/// <summary>The first signal drains and stops the server; a second one ends the process at once, losing nothing that was acknowledged.</summary>
internal sealed class SignalLifetime(Draining draining) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, Heard));
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Heard(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!draining.Begin()) Environment.Exit(ExitCode.Interrupted);
    }
}
