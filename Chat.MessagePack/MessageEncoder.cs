using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.MessagePack;

/// <summary>
/// Writes a message as the body of a frame. The layout of each type, as the hub protocol's specification has it, stands above its method;
/// <see cref="MessageDecoder"/> reads the same.
/// </summary>
internal static class MessageEncoder
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    public static void Encode(HubMessage message, Desk desk, PayloadWriter payload)
    {
        switch (message)
        {
            case InvocationMessage invocation: Invocation(MessageType.Invocation, invocation, desk, payload); break;
            case StreamInvocationMessage invocation: Invocation(MessageType.StreamInvocation, invocation, desk, payload); break;
            case StreamItemMessage item: StreamItem(item, desk, payload); break;
            case CompletionMessage completion: Completion(completion, desk, payload); break;
            case CancelInvocationMessage cancel: Begin(3, MessageType.CancelInvocation, cancel, desk); break;
            case PingMessage: Begin(1, MessageType.Ping, desk); break;
            case CloseMessage close: Close(close, desk); break;
            case AckMessage ack: Begin(2, MessageType.Ack, desk).Integer(ack.SequenceId); break;
            case SequenceMessage sequence: Begin(2, MessageType.Sequence, desk).Integer(sequence.SequenceId); break;
            default: throw new InvalidOperationException($"A {message.GetType().Name} does not travel.");
        }
    }

    // [1 or 4, Headers, InvocationId or nil, Target, [Arguments], [StreamIds]]
    private static void Invocation(MessageType type, HubMethodInvocationMessage message, Desk desk, PayloadWriter payload)
    {
        var output = Begin(6, type, message, desk);
        output.Text(message.Target);
        output.Array(message.Arguments.Length);
        foreach (var argument in message.Arguments) Value(argument, desk, payload);

        output.Array(message.StreamIds?.Length ?? 0);
        foreach (var id in message.StreamIds ?? []) output.Text(id);
    }

    // [2, Headers, InvocationId, Item]
    private static void StreamItem(StreamItemMessage message, Desk desk, PayloadWriter payload)
    {
        Begin(4, MessageType.StreamItem, message, desk);
        Value(message.Item, desk, payload);
    }

    // [3, Headers, InvocationId, 1, Error] | [3, Headers, InvocationId, 2] | [3, Headers, InvocationId, 3, Result]
    private static void Completion(CompletionMessage message, Desk desk, PayloadWriter payload)
    {
        var kind = message.Error is not null ? ResultKind.Error : message.HasResult ? ResultKind.Value : ResultKind.Void;
        var output = Begin(kind == ResultKind.Void ? 4 : 5, MessageType.Completion, message, desk);
        output.Integer((long)kind);
        if (kind == ResultKind.Error) output.Text(message.Error!);
        if (kind == ResultKind.Value) Value(message.Result, desk, payload);
    }

    // [7, Error or nil, AllowReconnect]
    private static void Close(CloseMessage message, Desk desk)
    {
        var output = Begin(3, MessageType.Close, desk);
        TextOrNil(message.Error, output);
        output.Boolean(message.AllowReconnect);
    }

    private static MessagePackWriter Begin(int elements, MessageType type, Desk desk)
    {
        var output = new MessagePackWriter(desk.Frame);
        output.Array(elements);
        output.Integer((long)type);
        return output;
    }

    private static MessagePackWriter Begin(int elements, MessageType type, HubInvocationMessage message, Desk desk)
    {
        var output = Begin(elements, type, desk);
        output.Map(message.Headers?.Count ?? 0);
        foreach (var (name, value) in message.Headers ?? NoHeaders)
        {
            output.Text(name);
            output.Text(value);
        }

        TextOrNil(message.InvocationId, output);
        return output;
    }

    private static void Value(object? value, Desk desk, PayloadWriter payload)
    {
        // A raw result is what another connection sent under this very protocol.
        if (value is RawResult raw) Append(raw.RawSerializedData, desk.Frame);
        else payload.Write(value, desk);
    }

    private static void Append(in ReadOnlySequence<byte> bytes, PooledBuffer output)
    {
        foreach (var segment in bytes) output.Append(segment.Span);
    }

    private static void TextOrNil(string? text, MessagePackWriter output)
    {
        if (text is null) output.Nil();
        else output.Text(text);
    }
}
