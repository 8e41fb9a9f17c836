using System.Buffers.Binary;
using System.Text;

namespace Chat.MessagePack;

/// <summary>Writes MessagePack, every value in its shortest form. Numbers are big-endian.</summary>
internal readonly ref struct MessagePackWriter(PooledBuffer output)
{
    public void Nil() => output.Append(0xc0);

    public void Boolean(bool value) => output.Append(value ? (byte)0xc3 : (byte)0xc2);

    // fixint 0xe0-0xff: -32 to -1, the byte itself | int8-64 0xd0-0xd3 + 1, 2, 4 or 8 bytes; what is not negative is written unsigned
    public void Integer(long value)
    {
        switch (value)
        {
            case >= 0: Integer((ulong)value); break;
            case >= -32: output.Append((byte)value); break;
            case >= sbyte.MinValue: Head8(0xd0, (byte)value); break;
            case >= short.MinValue: Head16(0xd1, (ushort)value); break;
            case >= int.MinValue: Head32(0xd2, (uint)value); break;
            default: Head64(0xd3, (ulong)value); break;
        }
    }

    // fixint 0x00-0x7f: the byte itself | uint8-64 0xcc-0xcf + 1, 2, 4 or 8 bytes
    public void Integer(ulong value)
    {
        switch (value)
        {
            case <= 0x7f: output.Append((byte)value); break;
            case <= byte.MaxValue: Head8(0xcc, (byte)value); break;
            case <= ushort.MaxValue: Head16(0xcd, (ushort)value); break;
            case <= uint.MaxValue: Head32(0xce, (uint)value); break;
            default: Head64(0xcf, value); break;
        }
    }

    // float64 0xcb + 8 bytes
    public void Double(double value) => Head64(0xcb, BitConverter.DoubleToUInt64Bits(value));

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        TextHead(length);
        Encoding.UTF8.GetBytes(value, output.Extend(length));
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        TextHead(utf8.Length);
        output.Append(utf8);
    }

    // fixstr 0xa0-0xbf: length in the low 5 bits | str8 0xd9 + 1 byte | str16 0xda + 2 bytes | str32 0xdb + 4 bytes; then UTF-8
    private void TextHead(int length)
    {
        switch (length)
        {
            case <= 0x1f: output.Append((byte)(0xa0 | length)); break;
            case <= byte.MaxValue: Head8(0xd9, (byte)length); break;
            case <= ushort.MaxValue: Head16(0xda, (ushort)length); break;
            default: Head32(0xdb, (uint)length); break;
        }
    }

    public void Array(int count) => CloseArray(Open(), count);

    public void Map(int count) => CloseMap(Open(), count);

    /// <summary>Begins an array or a map whose count is not known yet. It is closed with the answer.</summary>
    public int Open()
    {
        output.Append(0);
        return output.Length - 1;
    }

    // fixarray 0x90-0x9f: count in the low 4 bits | array16 0xdc + 2 bytes | array32 0xdd + 4 bytes
    public void CloseArray(int opened, int count) => Close(opened, count, 0x90, 0xdc);

    // fixmap 0x80-0x8f: count in the low 4 bits | map16 0xde + 2 bytes | map32 0xdf + 4 bytes
    public void CloseMap(int opened, int count) => Close(opened, count, 0x80, 0xde);

    // Most are short and need the one byte that Open left; what is longer moves its content up.
    private void Close(int opened, int count, byte shortest, byte with16Bits)
    {
        switch (count)
        {
            case <= 0x0f:
                output.Written[opened] = (byte)(shortest | count);
                break;
            case <= ushort.MaxValue:
                output.MakeRoom(opened + 1, sizeof(ushort));
                output.Written[opened] = with16Bits;
                BinaryPrimitives.WriteUInt16BigEndian(output.Written[(opened + 1)..], (ushort)count);
                break;
            default:
                output.MakeRoom(opened + 1, sizeof(uint));
                output.Written[opened] = (byte)(with16Bits + 1);
                BinaryPrimitives.WriteUInt32BigEndian(output.Written[(opened + 1)..], (uint)count);
                break;
        }
    }

    private void Head8(byte head, byte value)
    {
        var bytes = output.Extend(2);
        bytes[1] = value;
        bytes[0] = head;
    }

    private void Head16(byte head, ushort value)
    {
        var bytes = output.Extend(1 + sizeof(ushort));
        bytes[0] = head;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], value);
    }

    private void Head32(byte head, uint value)
    {
        var bytes = output.Extend(1 + sizeof(uint));
        bytes[0] = head;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], value);
    }

    private void Head64(byte head, ulong value)
    {
        var bytes = output.Extend(1 + sizeof(ulong));
        bytes[0] = head;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], value);
    }
}
