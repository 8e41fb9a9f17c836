using System.Buffers;

namespace Chat.MessagePack;

/// <summary>
/// A frame is the length of its body and the body. The length is a varint: seven bits a byte, the lowest first, the high bit says
/// "more follows"; at most 0x7fffffff, so one to five bytes.
/// </summary>
internal static class Framing
{
    private const int MaxPrefix = 5;

    /// <summary>Takes the first frame off <paramref name="input"/>, or nothing when it is not whole yet.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> body)
    {
        body = default;
        if (!TryReadLength(input, out var length, out var prefix) || input.Length - prefix < length) return false;

        body = input.Slice(prefix, length);
        input = input.Slice(body.End);
        return true;
    }

    /// <summary>Leaves room for the longest prefix; the length is known only when the body is written.</summary>
    public static void Begin(PooledBuffer frame) => frame.Extend(MaxPrefix);

    /// <summary>Writes the prefix right before the body. What is returned is the whole frame.</summary>
    public static ReadOnlySpan<byte> End(PooledBuffer frame)
    {
        var length = (uint)(frame.Length - MaxPrefix);
        var prefix = 1;
        for (var rest = length >> 7; rest > 0; rest >>= 7) prefix++;

        var whole = frame.Written[(MaxPrefix - prefix)..];
        for (var i = 0; i < prefix; i++, length >>= 7)
        {
            whole[i] = (byte)(i < prefix - 1 ? length | 0x80 : length);
        }

        return whole;
    }

    private static bool TryReadLength(in ReadOnlySequence<byte> input, out uint length, out int prefix)
    {
        var bytes = new SequenceReader<byte>(input);
        (length, prefix) = (0, 0);
        while (bytes.TryRead(out var next))
        {
            // The fifth byte brings bits 28 to 34, of which 31 and up must not be there, nor a sixth byte.
            if (prefix == MaxPrefix - 1 && next > 0x07) throw new InvalidDataException("The length of a frame is more than 0x7fffffff.");

            length |= (uint)(next & 0x7f) << (7 * prefix++);
            if (next <= 0x7f) return true;
        }

        return false;
    }
}
