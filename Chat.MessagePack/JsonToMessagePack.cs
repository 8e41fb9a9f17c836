using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Chat.MessagePack;

/// <summary>
/// Writes JSON as MessagePack: objects as maps, whole numbers of up to 64 bits as integers, all others as float64. Never writes binary,
/// extensions or timestamps, so a client needs no mapping of its own.
/// </summary>
internal static class JsonToMessagePack
{
    public static void Transcode(ReadOnlySpan<byte> json, MessagePackWriter output)
    {
        if (TryScalar(json, output)) return;

        var input = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MessagePackReader.MaxDepth });
        input.Read();
        Value(ref input, output);
    }

    // A single text or whole number, as most converters write: no reader needed.
    private static bool TryScalar(ReadOnlySpan<byte> json, MessagePackWriter output)
    {
        if (json is [(byte)'"', .. var text, (byte)'"'] && !text.Contains((byte)'\\'))
        {
            output.Text(text);
            return true;
        }

        if (!Utf8Parser.TryParse(json, out long number, out var length) || length != json.Length) return false;

        output.Integer(number);
        return true;
    }

    private static void Value(ref Utf8JsonReader input, MessagePackWriter output)
    {
        switch (input.TokenType)
        {
            case JsonTokenType.Null: output.Nil(); break;
            case JsonTokenType.True: output.Boolean(true); break;
            case JsonTokenType.False: output.Boolean(false); break;
            case JsonTokenType.Number: Number(ref input, output); break;
            case JsonTokenType.String: Text(ref input, output); break;
            case JsonTokenType.StartArray: Array(ref input, output); break;
            case JsonTokenType.StartObject: Map(ref input, output); break;
        }
    }

    private static void Array(ref Utf8JsonReader input, MessagePackWriter output)
    {
        var opened = output.Open();
        var count = 0;
        for (; input.Read() && input.TokenType != JsonTokenType.EndArray; count++) Value(ref input, output);

        output.CloseArray(opened, count);
    }

    private static void Map(ref Utf8JsonReader input, MessagePackWriter output)
    {
        var opened = output.Open();
        var count = 0;
        for (; input.Read() && input.TokenType != JsonTokenType.EndObject; count++)
        {
            Text(ref input, output);
            input.Read();
            Value(ref input, output);
        }

        output.CloseMap(opened, count);
    }

    private static void Number(ref Utf8JsonReader input, MessagePackWriter output)
    {
        if (input.TryGetInt64(out var integer)) output.Integer(integer);
        else if (input.TryGetUInt64(out var large)) output.Integer(large);
        else output.Double(input.GetDouble());
    }

    private static void Text(ref Utf8JsonReader input, MessagePackWriter output)
    {
        if (!input.ValueIsEscaped)
        {
            output.Text(input.ValueSpan);
            return;
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(input.ValueSpan.Length);
        output.Text(unescaped.AsSpan(0, input.CopyString(unescaped)));
        ArrayPool<byte>.Shared.Return(unescaped);
    }
}
