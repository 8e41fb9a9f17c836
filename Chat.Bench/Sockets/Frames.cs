using System.Buffers.Binary;
using Chat.Bench.Speaking;

namespace Chat.Bench.Sockets;

/// <summary>Finds the frames of a hub protocol in the bytes of a WebSocket, wherever either of the two was cut.</summary>
internal sealed class Frames(Speech speech)
{
    private const int Close = 8;
    private const int LongestHead = 10;

    // A beginning of a WebSocket frame's head, and a beginning of a hub frame.
    private readonly byte[] _head = new byte[LongestHead];
    private int _headLength;
    private byte[] _begun = [];
    private int _begunLength;

    private long _left;
    private int _opcode;
    private int _taken;

    /// <summary>The server has closed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What was received, behind the rest of what was received before.</summary>
    public ReadOnlySpan<byte> WithRest(byte[] buffer, int at, int length)
    {
        _head.AsSpan(0, _headLength).CopyTo(buffer.AsSpan(at - _headLength));
        var whole = buffer.AsSpan(at - _headLength, _headLength + length);
        _headLength = 0;
        return whole;
    }

    /// <summary>The next whole hub frame; false where more has to come first.</summary>
    /// <param name="shaking">The answer to the handshake is JSON whatever the protocol.</param>
    public bool Next(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> frame, bool shaking)
    {
        while (true)
        {
            if (FromBegun(out frame, shaking)) return true;
            if (_left == 0 && !Head(ref bytes)) return false;
            var piece = bytes[..(int)Math.Min(_left, bytes.Length)];
            if (_opcode >= Close)
            {
                Skip(ref bytes, piece.Length);
                if (_left > 0) return false;
                continue;
            }
            if (_begunLength == 0 && speech.Find(piece, out frame, shaking))
            {
                Skip(ref bytes, frame.Length);
                return true;
            }
            if (piece.Length == 0) return false;
            Keep(piece);
            Skip(ref bytes, piece.Length);
        }
    }

    private void Skip(ref ReadOnlySpan<byte> bytes, int length)
    {
        bytes = bytes[length..];
        _left -= length;
    }

    // 1 byte: 0x80 the last piece, 4 bits of opcode | 1 byte: length, 126: 2 more bytes, 127: 8 more. A server does not mask.
    private bool Head(ref ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length < 2 ? 2 : bytes[1] switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < length)
        {
            bytes.CopyTo(_head);
            _headLength = bytes.Length;
            return false;
        }
        _opcode = bytes[0] & 0x0f;
        IsOver |= _opcode == Close;
        _left = length switch { 4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 10 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), _ => bytes[1] };
        bytes = bytes[length..];
        return true;
    }

    private bool FromBegun(out ReadOnlySpan<byte> frame, bool shaking)
    {
        frame = default;
        if (_begunLength == 0) return false;
        ReadOnlySpan<byte> begun = _begun.AsSpan(_taken, _begunLength - _taken);
        if (speech.Find(begun, out frame, shaking))
        {
            _taken += frame.Length;
            return true;
        }
        begun.CopyTo(_begun);
        (_begunLength, _taken) = (begun.Length, 0);
        return false;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (_begun.Length < _begunLength + piece.Length) Array.Resize(ref _begun, Math.Max(1024, 2 * (_begunLength + piece.Length)));
        piece.CopyTo(_begun.AsSpan(_begunLength));
        _begunLength += piece.Length;
    }
}
