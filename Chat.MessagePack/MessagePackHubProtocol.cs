using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.MessagePack;

/// <summary>
/// SignalR's hub protocol "messagepack", with the data model of JSON. It promises:
/// 1. both ends see the objects that the JSON protocol would show them: one <see cref="JsonSerializerOptions"/> means both;
/// 2. a frame is walked once before anything is allocated for it: lengths, counts and depth are those of bytes that are there;
/// 3. a broken frame is an <see cref="InvalidDataException"/> and nothing else; a whole frame whose arguments do not fit the method is a
///    binding failure with the exceptions that the JSON protocol reports.
/// </summary>
/// <param name="payload">How arguments, items and results are written and read; it becomes read-only.</param>
public sealed class MessagePackHubProtocol(JsonSerializerOptions payload) : IHubProtocol
{
    private readonly JsonSerializerOptions _payload = Frozen(payload);
    private readonly PayloadWriter _payloadWriter = new(payload);

    /// <inheritdoc />
    public string Name => "messagepack";

    /// <summary>2 knows <see cref="AckMessage"/> and <see cref="SequenceMessage"/>; the rest is as in 1.</summary>
    public int Version => 2;

    /// <inheritdoc />
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc />
    public bool IsVersionSupported(int version) => version is 1 or 2;

    /// <inheritdoc />
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // A frame of an unknown type is passed over here: were it answered with false, SignalR would wait for more bytes although
        // a whole frame may stand behind it.
        while (Framing.TryTake(ref input, out var body))
        {
            message = Decode(body, binder);
            if (message is not null) return true;
        }

        message = null;
        return false;
    }

    /// <inheritdoc />
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        using var desk = Desk.Take();
        output.Write(Encode(message, desk));
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        using var desk = Desk.Take();
        return Encode(message, desk).ToArray();
    }

    private HubMessage? Decode(in ReadOnlySequence<byte> body, IInvocationBinder binder)
    {
        if (body.IsSingleSegment) return MessageDecoder.Decode(body.FirstSpan, binder, _payload);

        var together = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(together);
            return MessageDecoder.Decode(together.AsSpan(0, (int)body.Length), binder, _payload);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(together);
        }
    }

    private ReadOnlySpan<byte> Encode(HubMessage message, Desk desk)
    {
        Framing.Begin(desk.Frame);
        MessageEncoder.Encode(message, desk, _payloadWriter);
        return Framing.End(desk.Frame);
    }

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
