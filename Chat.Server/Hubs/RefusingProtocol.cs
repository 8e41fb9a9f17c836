using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Hubs;

/// <summary>
/// A hub protocol under which a request that cannot be read still reaches the hub's filter, as an <see cref="Unbindable"/>, and is answered
/// with a refusal that names the field. SignalR alone would answer a bare invocation error.
/// </summary>
internal sealed class RefusingProtocol(IHubProtocol inner) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    // SignalR alone takes zero and what is below it for a version, too.
    public bool IsVersionSupported(int version) => version > 0 && inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var waiting = input.Length;
        if (!Parse(ref input, binder, out message))
        {
            // A whole message of a type that is not known: SignalR would read it again and again, and never what comes behind it.
            if (input.Length == waiting) return false;
            message = PingMessage.Instance;
        }

        // An unknown method stays SignalR's own error: there is no contract to answer by.
        if (message is InvocationBindingFailureMessage { BindingFailure.SourceException: not HubException } failure)
            message = new InvocationMessage(failure.InvocationId, failure.Target, [Unbindable.Because(failure.BindingFailure.SourceException)]);

        // No method takes streams, so none is tracked.
        else if (message is InvocationMessage { StreamIds.Length: > 0 } invocation)
            message = new InvocationMessage(invocation.InvocationId, invocation.Target, invocation.Arguments);
        return true;
    }

    // A name or an id that is no UTF-8, and a type that is a number but no whole one, are the sender's fault, which SignalR's reading of JSON takes for
    // one of its own.
    private bool Parse(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            return inner.TryParseMessage(ref input, binder, out message);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is DecoderFallbackException)
        {
            throw new InvalidDataException("The frame has text that is not UTF-8.", exception);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException("The frame has a type that is no whole number.", exception);
        }
    }
}
