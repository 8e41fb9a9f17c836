using System.Collections;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chat.MessagePack;

/// <summary>How the values of one type are written. <see cref="PayloadWriter"/> finds the shape of a type.</summary>
internal abstract class Shape
{
    /// <param name="depth">Arrays and maps around the value, so that an object that contains itself ends.</param>
    public abstract void Write(object value, Desk desk, int depth);

    public virtual void WriteNull(Desk desk) => new MessagePackWriter(desk.Frame).Nil();

    /// <summary>The types that need neither a contract nor a converter.</summary>
    public static Shape? OfPrimitive(Type type) =>
        type == typeof(string) ? new Primitive<string>((output, value) => output.Text(value)) :
        type == typeof(bool) ? new Primitive<bool>((output, value) => output.Boolean(value)) :
        type == typeof(int) ? new Primitive<int>((output, value) => output.Integer(value)) :
        type == typeof(long) ? new Primitive<long>((output, value) => output.Integer(value)) :
        null;

    protected static int Deeper(int depth) => depth < MessagePackReader.MaxDepth
        ? depth + 1
        : throw new JsonException($"An object is nested more than {MessagePackReader.MaxDepth} deep, or contains itself.");

    private sealed class Primitive<T>(Action<MessagePackWriter, T> write) : Shape
    {
        public override void Write(object value, Desk desk, int depth) => write(new(desk.Frame), (T)value);
    }
}

/// <summary>An array or a list. What else hides behind an interface is enumerated by the serializer.</summary>
internal sealed class ListShape(Shape element, Shape anyOther) : Shape
{
    public override void Write(object value, Desk desk, int depth)
    {
        if (value is not IList list)
        {
            anyOther.Write(value, desk, depth);
            return;
        }

        var inside = Deeper(depth);
        new MessagePackWriter(desk.Frame).Array(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is { } item) element.Write(item, desk, inside);
            else element.WriteNull(desk);
        }
    }
}

/// <summary>A value that a converter writes, such as an id, a time or an enum: mostly a single text or number.</summary>
internal sealed class ConverterShape<T>(JsonTypeInfo contract) : Shape
{
    private readonly JsonConverter<T> _converter = (JsonConverter<T>)contract.Converter;

    public override void Write(object value, Desk desk, int depth) => Convert((T)value, desk);

    public override void WriteNull(Desk desk)
    {
        if (_converter.HandleNull) Convert(default!, desk);
        else base.WriteNull(desk);
    }

    private void Convert(T value, Desk desk)
    {
        _converter.Write(desk.BeginJson(), value, contract.Options);
        JsonToMessagePack.Transcode(desk.EndJson(), new(desk.Frame));
    }
}

/// <summary>One of several types of objects, each of which tells by its first property which it is.</summary>
internal sealed class UnionShape(FrozenDictionary<Type, Shape> kinds, Shape anyOther) : Shape
{
    public override void Write(object value, Desk desk, int depth) => kinds.GetValueOrDefault(value.GetType(), anyOther).Write(value, desk, depth);
}

/// <summary>Anything at all, by way of its JSON.</summary>
internal sealed class JsonShape(JsonTypeInfo contract) : Shape
{
    public override void Write(object value, Desk desk, int depth) => Transcode(value, desk);

    public override void WriteNull(Desk desk) => Transcode(null, desk);

    private void Transcode(object? value, Desk desk)
    {
        JsonSerializer.Serialize(desk.BeginJson(), value, contract);
        JsonToMessagePack.Transcode(desk.EndJson(), new(desk.Frame));
    }
}

/// <summary>Anything at all of which nothing says what type it is declared to be.</summary>
internal sealed class UndeclaredShape(JsonSerializerOptions options) : Shape
{
    public override void Write(object value, Desk desk, int depth)
    {
        JsonSerializer.Serialize<object>(desk.BeginJson(), value, options);
        JsonToMessagePack.Transcode(desk.EndJson(), new(desk.Frame));
    }
}
