using System.Buffers;
using System.Buffers.Text;

namespace Chat.MessagePack;

/// <summary>
/// Writes a MessagePack value as the JSON it means, at most six times as long. Binary becomes base64, as System.Text.Json reads byte[]. What
/// JSON has no word for is refused with <see cref="InvalidDataException"/>: extensions, NaN and the infinities, keys that are no texts.
/// </summary>
internal static class MessagePackToJson
{
    private const int LongestNumber = 32;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    /// <param name="input">Stands at a value that <see cref="MessagePackReader.Skip"/> has already walked over, so its depth is bounded.</param>
    public static void Transcode(ref MessagePackReader input, PooledBuffer json)
    {
        switch (input.Next)
        {
            case MessagePackReader.Kind.Nil: input.Nil(); json.Append("null"u8); break;
            case MessagePackReader.Kind.Boolean: json.Append(input.Boolean() ? "true"u8 : "false"u8); break;
            case MessagePackReader.Kind.Integer: Number(input.Integer(), json); break;
            case MessagePackReader.Kind.UInt64: Number(input.UnsignedInteger(), json); break;
            case MessagePackReader.Kind.Single: Number(input.Single(), json); break;
            case MessagePackReader.Kind.Double: Number(input.Double(), json); break;
            case MessagePackReader.Kind.Text: Text(input.Utf8Text(), json); break;
            case MessagePackReader.Kind.Binary: Binary(input.Binary(), json); break;
            case MessagePackReader.Kind.Array: Array(ref input, json); break;
            case MessagePackReader.Kind.Map: Map(ref input, json); break;
            case var kind: throw new InvalidDataException($"A value of kind {kind} has no meaning in JSON.");
        }
    }

    private static void Array(ref MessagePackReader input, PooledBuffer json)
    {
        json.Append((byte)'[');
        for (int i = 0, count = input.ArrayLength(); i < count; i++)
        {
            if (i > 0) json.Append((byte)',');
            Transcode(ref input, json);
        }

        json.Append((byte)']');
    }

    // Keys that come twice are passed on: whether that is refused is for the JsonSerializerOptions to say.
    private static void Map(ref MessagePackReader input, PooledBuffer json)
    {
        json.Append((byte)'{');
        for (int i = 0, count = input.MapLength(); i < count; i++)
        {
            if (i > 0) json.Append((byte)',');
            Text(input.Utf8Text(), json);
            json.Append((byte)':');
            Transcode(ref input, json);
        }

        json.Append((byte)'}');
    }

    private static void Text(ReadOnlySpan<byte> utf8, PooledBuffer json)
    {
        json.Append((byte)'"');
        while (utf8.IndexOfAny(Escaped) is >= 0 and var at)
        {
            json.Append(utf8[..at]);
            var escape = json.Extend(6);
            "\\u00"u8.CopyTo(escape);
            Utf8Formatter.TryFormat(utf8[at], escape[4..], out _, new StandardFormat('x', 2));
            utf8 = utf8[(at + 1)..];
        }

        json.Append(utf8);
        json.Append((byte)'"');
    }

    private static void Binary(ReadOnlySpan<byte> bytes, PooledBuffer json)
    {
        json.Append((byte)'"');
        Base64.EncodeToUtf8(bytes, json.Extend(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out _);
        json.Append((byte)'"');
    }

    private static void Number(long value, PooledBuffer json)
    {
        Utf8Formatter.TryFormat(value, json.Extend(LongestNumber), out var written);
        json.Retract(LongestNumber - written);
    }

    private static void Number(ulong value, PooledBuffer json)
    {
        Utf8Formatter.TryFormat(value, json.Extend(LongestNumber), out var written);
        json.Retract(LongestNumber - written);
    }

    // Not widened: 0.1 of 32 bits is 0.1 in JSON, and 0.10000000149011612 only as a double.
    private static void Number(float value, PooledBuffer json)
    {
        if (!float.IsFinite(value)) throw NotFinite(value);

        Utf8Formatter.TryFormat(value, json.Extend(LongestNumber), out var written);
        json.Retract(LongestNumber - written);
    }

    private static void Number(double value, PooledBuffer json)
    {
        if (!double.IsFinite(value)) throw NotFinite(value);

        Utf8Formatter.TryFormat(value, json.Extend(LongestNumber), out var written);
        json.Retract(LongestNumber - written);
    }

    private static InvalidDataException NotFinite(double value) => new(FormattableString.Invariant($"{value} is not a number of JSON."));
}
