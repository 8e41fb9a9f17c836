using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Bench.Speaking;

/// <summary>A hub protocol as the load needs it: calls and answers by the real protocol, everything else by a look at the first bytes.</summary>
internal abstract class Speech(IHubProtocol protocol, byte opcode)
{
    public const int Invocation = 1;
    public const int Completion = 3;

    private const byte Last = 0x80;
    private const byte Masked = 0x80;
    private const int MaskLength = 4;

    /// <summary>As the stock clients would send it: a mask of zeros, which leaves the bytes as they are.</summary>
    public byte[] Handshake => OnTheWire(HandshakeText());

    public byte[] Ping { get; } = OnTheWire(protocol.GetMessageBytes(PingMessage.Instance).Span, opcode);

    protected static JsonSerializerOptions Payload { get; } =
        new(ChatJson.Default.Options) { TypeInfoResolver = JsonTypeInfoResolver.Combine(ChatJson.Default, new DefaultJsonTypeInfoResolver()) };

    public static Speech Of(string name) => name == MessagePackSpeech.Called ? new MessagePackSpeech() : new JsonSpeech();

    /// <summary>The first frame of the bytes, where it is whole.</summary>
    /// <param name="shaking">The answer to the handshake is JSON whatever the protocol.</param>
    public bool Find(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> frame, bool shaking)
    {
        frame = bytes[..(shaking ? JsonSpeech.LengthOf(bytes) : FrameLength(bytes))];
        return frame.Length > 0;
    }

    public abstract int TypeOf(ReadOnlySpan<byte> frame);

    /// <summary>Which call a completion answers.</summary>
    public abstract long IdOf(ReadOnlySpan<byte> frame);

    /// <summary>Whether a completion is one of our service and refuses nothing.</summary>
    public abstract bool Agrees(ReadOnlySpan<byte> frame);

    public byte[] Call(string id, string method, params object[] arguments) => OnTheWire(protocol.GetMessageBytes(new InvocationMessage(id, method, arguments)).Span);

    public T Result<T>(ReadOnlySpan<byte> frame)
    {
        ReadOnlySequence<byte> input = new(frame.ToArray());
        if (!protocol.TryParseMessage(ref input, new Returning(typeof(T)), out var message) || message is not CompletionMessage answer) throw new InvalidDataException("The answer is none.");
        return answer.Error is { } error ? throw new HubException(error) : (T)answer.Result!;
    }

    /// <summary>0 where it is not whole.</summary>
    protected abstract int FrameLength(ReadOnlySpan<byte> bytes);

    private byte[] OnTheWire(ReadOnlySpan<byte> frame) => OnTheWire(frame, opcode);

    private static byte[] OnTheWire(ReadOnlySpan<byte> frame, byte opcode)
    {
        byte[] length = frame.Length < 126 ? [(byte)(Masked | frame.Length)] : [Masked | 126, (byte)(frame.Length >> 8), (byte)frame.Length];
        return [(byte)(Last | opcode), .. length, .. new byte[MaskLength], .. frame];
    }

    private ReadOnlySpan<byte> HandshakeText()
    {
        ArrayBufferWriter<byte> text = new();
        HandshakeProtocol.WriteRequestMessage(new HandshakeRequestMessage(protocol.Name, 1), text);
        return text.WrittenSpan;
    }

    private sealed class Returning(Type result) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => result;
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => throw new NotSupportedException();
        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}
