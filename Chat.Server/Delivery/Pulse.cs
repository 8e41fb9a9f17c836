using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Chat.Server.Delivery;

/// <summary>
/// Hears anything that comes from a client, pings included, before SignalR does: SignalR itself times a client out only after its first ping.
/// </summary>
internal sealed class Pulse(PipeReader inner) : PipeReader
{
    private Action? _beat;

    public void Beats(Action beat) => _beat = beat;

    public static Func<ConnectionDelegate, ConnectionDelegate> Middleware => next => connection =>
    {
        var pulse = new Pulse(connection.Transport.Input);
        connection.Features.Set(pulse);
        connection.Transport = new Pipes(pulse, connection.Transport.Output);
        return next(connection);
    };

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        if (!result.Buffer.IsEmpty) _beat?.Invoke();
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result)) return false;
        _beat?.Invoke();
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
