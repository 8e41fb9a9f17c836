using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Tests.MessagePack;

/// <summary>Bytes and messages, back and forth. Bytes are written as in the specification: "91 06".</summary>
internal static class Wire
{
    public static readonly JsonHubProtocolOptions JsonOptions = NewOptions();

    public static readonly MessagePackHubProtocol Protocol = new(JsonOptions.PayloadSerializerOptions);

    public static readonly JsonHubProtocol Json = new(Options.Create(JsonOptions));

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static string Hex(ReadOnlySpan<byte> bytes) => string.Join(' ', bytes.ToArray().Select(b => $"{b:x2}"));

    /// <summary>The body of the frame that <paramref name="message"/> is written as; its prefix must be right.</summary>
    public static byte[] BodyOf(HubMessage message)
    {
        var input = new ReadOnlySequence<byte>(Protocol.GetMessageBytes(message));
        Framing.TryTake(ref input, out var body).Should().BeTrue();
        input.IsEmpty.Should().BeTrue();
        return body.ToArray();
    }

    public static byte[] Framed(ReadOnlySpan<byte> body)
    {
        var frame = new PooledBuffer();
        Framing.Begin(frame);
        frame.Append(body);
        return Framing.End(frame).ToArray();
    }

    public static HubMessage? Read(string body) => Read(Bytes(body));

    public static HubMessage? Read(byte[] body) => Parse(Framed(body));

    public static HubMessage? Parse(byte[] frames)
    {
        var input = new ReadOnlySequence<byte>(frames);
        Protocol.TryParseMessage(ref input, new Binder(), out var message);
        return message;
    }

    public static Action Reading(byte[] body) => () => Read(body);

    public static Action Reading(string body) => Reading(Bytes(body));

    public static HubMessage? ThroughJson(HubMessage message)
    {
        var input = new ReadOnlySequence<byte>(Json.GetMessageBytes(message));
        Json.TryParseMessage(ref input, new Binder(), out var read);
        return read;
    }

    /// <summary>The bytes in pieces of one byte each, as a slow connection brings them.</summary>
    public static ReadOnlySequence<byte> InPieces(byte[] bytes)
    {
        var first = new Piece(bytes.AsMemory(0, 1), null);
        var last = first;
        for (var i = 1; i < bytes.Length; i++) last = new Piece(bytes.AsMemory(i, 1), last);

        return new(first, 0, last, 1);
    }

    private static JsonHubProtocolOptions NewOptions()
    {
        var options = new JsonHubProtocolOptions();
        options.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.PayloadSerializerOptions.Converters.Add(new ConversationIdConverter());
        options.PayloadSerializerOptions.Converters.Add(new MillisecondsConverter());
        options.PayloadSerializerOptions.AllowDuplicateProperties = false;
        return options;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null) return;

            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
