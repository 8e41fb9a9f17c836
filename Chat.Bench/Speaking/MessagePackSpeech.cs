using System.Buffers.Text;
using Chat.MessagePack;

namespace Chat.Bench.Speaking;

internal sealed class MessagePackSpeech() : Speech(new MessagePackHubProtocol(Payload), Binary)
{
    public const string Called = "messagepack";
    private const byte Binary = 2;
    private static readonly byte[] NoRefusal = [0xa7, .. "refusal"u8, 0xc0];

    // length | array head | type …
    public override int TypeOf(ReadOnlySpan<byte> frame) => frame[PrefixOf(frame) + 1];

    // length | array head | type | no headers | the id as a short text …
    public override long IdOf(ReadOnlySpan<byte> frame)
    {
        var at = PrefixOf(frame) + 3;
        return Utf8Parser.TryParse(frame.Slice(at + 1, frame[at] & 0x1f), out long id, out _) ? id : throw new InvalidDataException("The answer has no id where one is expected.");
    }

    public override bool Agrees(ReadOnlySpan<byte> frame) => frame.IndexOf(NoRefusal) >= 0;

    // 7 bits a byte, the lowest first, the high bit for more; then so many bytes.
    protected override int FrameLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            length |= (bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80) return i + 1 + length <= bytes.Length ? i + 1 + length : 0;
        }
        return 0;
    }

    private static int PrefixOf(ReadOnlySpan<byte> frame)
    {
        var prefix = 1;
        while (frame[prefix - 1] >= 0x80) prefix++;
        return prefix;
    }
}
