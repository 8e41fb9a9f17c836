using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Chat.MessagePack;

/// <summary>
/// Reads MessagePack from bytes that may be anything. Every length is checked against what is left before it is believed; what is not as
/// asked for is an <see cref="InvalidDataException"/> that names the byte. Numbers are big-endian.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>As many arrays and maps may stand in each other, the message's own included: as in System.Text.Json.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool AtEnd => _at == _bytes.Length;

    /// <summary>What comes next, told by its first byte.</summary>
    public readonly Kind Next => Peek() switch
    {
        <= 0x7f or >= 0xe0 => Kind.Integer,
        <= 0x8f or 0xde or 0xdf => Kind.Map,
        <= 0x9f or 0xdc or 0xdd => Kind.Array,
        <= 0xbf or (>= 0xd9 and <= 0xdb) => Kind.Text,
        0xc0 => Kind.Nil,
        0xc1 => Kind.Unused,
        0xc2 or 0xc3 => Kind.Boolean,
        >= 0xc4 and <= 0xc6 => Kind.Binary,
        (>= 0xc7 and <= 0xc9) or (>= 0xd4 and <= 0xd8) => Kind.Extension,
        0xca => Kind.Single,
        0xcb => Kind.Double,
        0xcf => Kind.UInt64,
        _ => Kind.Integer,
    };

    // fixarray 0x90-0x9f: count in the low 4 bits | array16 0xdc + 2 bytes | array32 0xdd + 4 bytes
    public int ArrayLength()
    {
        var start = _at;
        var count = Byte() switch
        {
            >= 0x90 and <= 0x9f and var first => first & 0x0fu,
            0xdc => UInt16(),
            0xdd => UInt32(),
            _ => throw Unexpected("an array", start),
        };
        return Count(count, 1, start);
    }

    // fixmap 0x80-0x8f: count in the low 4 bits | map16 0xde + 2 bytes | map32 0xdf + 4 bytes
    public int MapLength()
    {
        var start = _at;
        var count = Byte() switch
        {
            >= 0x80 and <= 0x8f and var first => first & 0x0fu,
            0xde => UInt16(),
            0xdf => UInt32(),
            _ => throw Unexpected("a map", start),
        };
        return Count(count, 2, start);
    }

    // fixint 0x00-0x7f and 0xe0-0xff: the byte itself, signed | uint8-64 0xcc-0xcf | int8-64 0xd0-0xd3
    public long Integer()
    {
        var start = _at;
        return Byte() switch
        {
            <= 0x7f and var value => value,
            >= 0xe0 and var value => (sbyte)value,
            0xcc => Byte(),
            0xcd => UInt16(),
            0xce => UInt32(),
            0xcf when UInt64() is <= long.MaxValue and var value => (long)value,
            0xd0 => (sbyte)Byte(),
            0xd1 => (short)UInt16(),
            0xd2 => (int)UInt32(),
            0xd3 => (long)UInt64(),
            _ => throw Unexpected("an integer", start),
        };
    }

    // uint64 0xcf + 8 bytes
    public ulong UnsignedInteger()
    {
        var start = _at;
        return Byte() == 0xcf ? UInt64() : throw Unexpected("an unsigned integer of 64 bits", start);
    }

    // float32 0xca + 4 bytes
    public float Single()
    {
        var start = _at;
        return Byte() == 0xca ? BinaryPrimitives.ReadSingleBigEndian(Bytes(4)) : throw Unexpected("a float of 32 bits", start);
    }

    // float64 0xcb + 8 bytes
    public double Double()
    {
        var start = _at;
        return Byte() == 0xcb ? BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)) : throw Unexpected("a float of 64 bits", start);
    }

    // false 0xc2 | true 0xc3
    public bool Boolean()
    {
        var start = _at;
        return Byte() switch
        {
            0xc2 => false,
            0xc3 => true,
            _ => throw Unexpected("a boolean", start),
        };
    }

    // nil 0xc0
    public void Nil()
    {
        if (!TryNil()) throw Unexpected("nil", _at);
    }

    public bool TryNil()
    {
        if (Peek() != 0xc0) return false;
        _at++;
        return true;
    }

    // fixstr 0xa0-0xbf: length in the low 5 bits | str8 0xd9 + 1 byte | str16 0xda + 2 bytes | str32 0xdb + 4 bytes; then UTF-8
    public ReadOnlySpan<byte> Utf8Text()
    {
        var start = _at;
        var text = Byte() switch
        {
            >= 0xa0 and <= 0xbf and var first => Bytes(first & 0x1fu),
            0xd9 => Bytes(Byte()),
            0xda => Bytes(UInt16()),
            0xdb => Bytes(UInt32()),
            _ => throw Unexpected("a text", start),
        };
        return Utf8.IsValid(text) ? text : throw new InvalidDataException($"The text at byte {start} is not UTF-8.");
    }

    public string Text() => Encoding.UTF8.GetString(Utf8Text());

    // bin8 0xc4 + 1 byte | bin16 0xc5 + 2 bytes | bin32 0xc6 + 4 bytes; then the bytes
    public ReadOnlySpan<byte> Binary()
    {
        var start = _at;
        return Byte() switch
        {
            0xc4 => Bytes(Byte()),
            0xc5 => Bytes(UInt16()),
            0xc6 => Bytes(UInt32()),
            _ => throw Unexpected("binary", start),
        };
    }

    /// <summary>The bytes of the next value, whatever it is.</summary>
    public ReadOnlySpan<byte> Raw()
    {
        var start = _at;
        Skip();
        return _bytes[start.._at];
    }

    /// <summary>Walks over the next value and all that is in it: afterwards every length, count and depth in it is known to be good.</summary>
    public void Skip()
    {
        Span<int> due = stackalloc int[MaxDepth]; // values still to come in each open array or map
        var depth = 0;
        do
        {
            var start = _at;
            if (SkipHead() is >= 0 and var values)
            {
                if (depth == MaxDepth) throw new InvalidDataException($"Nested more than {MaxDepth} deep at byte {start}.");
                due[depth++] = values + 1;
            }

            while (depth > 0 && --due[depth - 1] == 0) depth--;
        }
        while (depth > 0);
    }

    // The number of values in an array or a map; anything else is passed over and -1. An extension is its length, a type byte and its bytes:
    // ext8-32 0xc7-0xc9 + 1, 2 or 4 bytes | fixext1, 2, 4, 8, 16 0xd4-0xd8
    private int SkipHead()
    {
        switch (Next)
        {
            case Kind.Array: return ArrayLength();
            case Kind.Map: return 2 * MapLength();
        }

        var start = _at;
        Bytes(Byte() switch
        {
            <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3 => 0,
            <= 0xbf and var first => first & 0x1fu,
            0xcc or 0xd0 => 1,
            0xcd or 0xd1 => 2,
            0xca or 0xce or 0xd2 => 4,
            0xcb or 0xcf or 0xd3 => 8,
            0xc4 or 0xd9 => Byte(),
            0xc5 or 0xda => UInt16(),
            0xc6 or 0xdb => UInt32(),
            0xc7 => Byte() + 1,
            0xc8 => UInt16() + 1,
            0xc9 => UInt32() + 1L,
            >= 0xd4 and <= 0xd8 and var first => (1 << (first - 0xd4)) + 1,
            _ => throw Unexpected("a value", start),
        });
        return -1;
    }

    // A value is at least one byte, so no count is believed that the bytes left could not hold.
    private readonly int Count(uint count, int valuesEach, int start) =>
        count <= (_bytes.Length - _at) / valuesEach ? (int)count : throw Short(start);

    private byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw Short(_at);

    private ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    private uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    private ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Bytes(8));

    private ReadOnlySpan<byte> Bytes(long count)
    {
        var start = _at;
        if (count > _bytes.Length - start) throw Short(start);

        _at += (int)count;
        return _bytes.Slice(start, (int)count);
    }

    private readonly byte Peek() => _at < _bytes.Length ? _bytes[_at] : throw Short(_at);

    private readonly InvalidDataException Unexpected(string expected, int at) => new($"Expected {expected} at byte {at}, found 0x{_bytes[at]:x2}.");

    private static InvalidDataException Short(int at) => new($"What begins at byte {at} is longer than what is left of the frame.");

    public enum Kind
    {
        Nil,
        Boolean,
        Integer,
        UInt64,
        Single,
        Double,
        Text,
        Binary,
        Array,
        Map,
        Extension,
        Unused,
    }
}
