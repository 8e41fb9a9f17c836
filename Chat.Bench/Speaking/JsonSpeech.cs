using System.Buffers.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Bench.Speaking;

internal sealed class JsonSpeech() : Speech(new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = Payload })), Text)
{
    private const byte Text = 1;
    private const byte End = 0x1e;

    /// <summary>0 where it is not whole.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes) => bytes.IndexOf(End) + 1;

    // {"type":3,"invocationId":"42","result":…}
    public override int TypeOf(ReadOnlySpan<byte> frame) => frame[@"{""type"":".Length] - '0';

    public override long IdOf(ReadOnlySpan<byte> frame) =>
        Utf8Parser.TryParse(frame[@"{""type"":3,""invocationId"":""".Length..], out long id, out _) ? id : throw new InvalidDataException("The answer has no id where one is expected.");

    public override bool Agrees(ReadOnlySpan<byte> frame) => frame.IndexOf("\"refusal\":null"u8) >= 0;

    protected override int FrameLength(ReadOnlySpan<byte> bytes) => LengthOf(bytes);
}
