using System.Buffers.Binary;

namespace Chat.Server.Sockets;

/// <summary>
/// The beginning of a frame from a server, RFC 6455 section 5.2: 1 bit fin, 3 bits reserved, 4 bits opcode | 1 bit mask, 0 from a server, 7 bits
/// length: up to 125 itself, 126 for the 2 bytes that follow, 127 for the 8 bytes that follow, big-endian.
/// </summary>
internal static class FrameHeader
{
    public const int MostBytes = 10;

    private const byte Final = 0x80;

    /// <summary>How many bytes were written.</summary>
    public static int Write(Span<byte> target, Opcode opcode, int length)
    {
        target[0] = (byte)(Final | (byte)opcode);
        switch (length)
        {
            case <= 125:
                target[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                target[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)length);
                return 4;
            default:
                target[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(target[2..], (ulong)length);
                return 10;
        }
    }

    public static bool IsClose(ReadOnlySpan<byte> frame) => !frame.IsEmpty && (frame[0] & 0x0f) == (byte)Opcode.Close;
}

internal enum Opcode : byte
{
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
}
