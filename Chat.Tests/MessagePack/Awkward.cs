using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

/// <summary>Values whose JSON follows from more than the names and types of their properties.</summary>
internal static class Awkward
{
    public static IEnumerable<object> Values =>
    [
        Note.Some(), Note.Some("😀 \"quoted\" \\ \u0001 Встречаемся \ud800 half a pair"), new[] { Note.Some(), Note.Some() },
        "", "text", 'c', true, 5, -5, long.MinValue, ulong.MaxValue, (byte)200, (short)-300, 1.5, 5.0, 1e300, 0.1f, 1.10m, decimal.MaxValue, Int128.MaxValue,
        NoteKind.Joined, (NoteKind)77, DayOfWeek.Friday, new DateTime(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc), new DateOnly(2026, 11, 21),
        TimeSpan.FromMinutes(90), Guid.Empty, new Uri("https://example.org/ü?a=b"), new Version(1, 2), new byte[] { 1, 2, 3 }, new ConversationId("c1"),
        new Ignoring(null, null, 0, null, "set", null), new Ignoring("a", "b", 1, "c", "d", "e"), new Renaming { First = 1, Second = "2", Über = 3 },
        new Derived { Own = 1, Inherited = 2 }, new Holder(new Derived { Own = 1, Inherited = 2 }), new HoldsInterface(new Shaped { Name = "n", Hidden = 1 }),
        new HoldsObject(new Author("1", "a", null)), new HoldsObject("text"), new HoldsObject(null),
        new Dog("Rex", 3), new HoldsAnimal(new Dog("Rex", 3)), new HoldsAnimal(new Cat("Tom")), new HoldsAnimal(null),
        new Animal[] { new Dog("Rex", 3), new Cat("Tom") }, new Vehicle[] { new Car(4), new Boat(2), new Raft(1), new Tank(6), new Vehicle(0) }, new Car(4), new Reentrant(),
        new Extended { Known = 1, More = new() { ["unknown"] = JsonSerializer.SerializeToElement(new[] { 1, 2 }) } },
        new Calling { Value = 1 }, new NumbersAsText { Value = 5 }, new OwnConverter { Id = new("x"), Other = new("y") },
        new Nullables(null, null, null, null), new Nullables(1, true, NoteKind.Joined, new("c")), new TellsNull { Value = null },
        new TellsNull { Value = new("v") }, new Node(1, [new(2, []), new(3, null)]), new Fields { A = 1, B = "b" },
        new OneWay { Readable = 1, Writable = 2 }, new Point(1, 2), new GetOnly(4),
        new KeyValuePair<string, int>("k", 1), (1, "tuple"), Tuple.Create(1, "tuple"), new { Anonymous = new { Nested = new[] { 1, 2 } } },
        new List<int> { 1, 2 }, new int?[] { 1, null }, new List<string?> { null, "x" }, new int[][] { [1], [], [2, 3] },
        ImmutableArray.Create(1, 2), ImmutableList.Create("a"), new HashSet<int> { 1, 2 }, new Queue<string>(["a", "b"]), Enumerable.Range(0, 20),
        new ArrayList { 1, "two", null }, new Lists([1, 2], [3], Even(6), [new("c")], new HashSet<int> { 9 }),
        Enumerable.Range(0, 15).ToArray(), Enumerable.Range(0, 16).ToArray(), Enumerable.Range(0, 70_000).ToArray(),
        new Dictionary<string, object?> { ["A"] = 1, ["null"] = null }, new Dictionary<int, string> { [1] = "x" },
        new Dictionary<NoteKind, int> { [NoteKind.Joined] = 1 },
        JsonSerializer.SerializeToElement(new { a = 1 }), JsonNode.Parse("""{"a":[1,{"b":null}]}""")!, JsonDocument.Parse("[1.50]"),
        new BaseConverted.Child { Value = 4 }, new HoldsNode { Node = null, Element = JsonSerializer.SerializeToElement(5) }, new NeverNull { Name = "n" },
    ];

    private static IEnumerable<int> Even(int below)
    {
        for (var i = 0; i < below; i += 2) yield return i;
    }

    public sealed record Ignoring(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WhenNull,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Never,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int WhenDefault,
        string? AsTheOptionsSay,
        [property: JsonIgnore] string Always,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? WhenDefaultText);

    public sealed class Renaming
    {
        [JsonPropertyOrder(2)]
        public int First { get; init; }

        [JsonPropertyName("the \"second\"")]
        public string? Second { get; init; }

        [JsonPropertyOrder(-1)]
        public int Über { get; init; }
    }

    public class Base
    {
        public virtual int Inherited { get; init; }
    }

    public sealed class Derived : Base
    {
        public int Own { get; init; }

        public override int Inherited { get; init; }
    }

    public sealed record Holder(Base Held);

    public interface IShaped
    {
        string Name { get; }
    }

    public sealed class Shaped : IShaped
    {
        public required string Name { get; init; }

        public int Hidden { get; init; }
    }

    public sealed record HoldsInterface(IShaped Held);

    public sealed record HoldsObject(object? Held);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Dog), "dog")]
    [JsonDerivedType(typeof(Cat), "cat")]
    public abstract record Animal(string Name);

    public sealed record Dog(string Name, int Age) : Animal(Name);

    public sealed record Cat(string Name) : Animal(Name);

    [JsonDerivedType(typeof(Car), 1)]
    [JsonDerivedType(typeof(Boat))]
    [JsonDerivedType(typeof(Tank), "tank")]
    [JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor)]
    public record Vehicle(int Wheels);

    public sealed record Car(int Wheels) : Vehicle(Wheels)
    {
        public int Doors => Wheels + 1;
    }

    public record Boat(int Wheels) : Vehicle(Wheels)
    {
        public int Masts => Wheels + 2;
    }

    public sealed record Raft(int Wheels) : Boat(Wheels)
    {
        public int Logs => Wheels + 3;
    }

    public sealed record Tank(int Wheels) : Vehicle(Wheels)
    {
        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public int Guns => Wheels - 5;
    }

    /// <summary>Writes a message of its own while it is written.</summary>
    public sealed class Reentrant
    {
        public string Before { get; } = "before";

        public int Length => Wire.Protocol.GetMessageBytes(new StreamItemMessage(Before, Note.Some())).Length;

        public string After => Before + " and after";
    }

    public sealed record HoldsAnimal(Animal? Held);

    public sealed class Extended
    {
        public int Known { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? More { get; init; }
    }

    public sealed class Calling : IJsonOnSerializing
    {
        public int Value { get; set; }

        public void OnSerializing() => Value = 99;
    }

    public sealed class NumbersAsText
    {
        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public int Value { get; init; }
    }

    public sealed class OwnConverter
    {
        [JsonConverter(typeof(Shouting))]
        public ConversationId Id { get; init; }

        public ConversationId Other { get; init; }
    }

    public sealed class Shouting : JsonConverter<ConversationId>
    {
        public override ConversationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ConversationId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value.ToUpperInvariant());
    }

    public sealed record Nullables(int? Number, bool? Flag, NoteKind? Kind, ConversationId? Id);

    public sealed class TellsNull
    {
        public Wordy? Value { get; init; }
    }

    [JsonConverter(typeof(WordyConverter))]
    public sealed record Wordy(string Value);

    public sealed class WordyConverter : JsonConverter<Wordy?>
    {
        public override bool HandleNull => true;

        public override Wordy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Wordy? value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value?.Value ?? "nothing");
            writer.WriteEndArray();
        }
    }

    public sealed record Node(int Id, List<Node>? Children);

    public sealed class Fields
    {
        public string? B { get; init; }

        [JsonInclude]
        internal int A;
    }

    public sealed class OneWay
    {
        private int _written;

        public int Readable { get; init; }

        public int Writable { set => _written = value; }

        public int Sum() => Readable + _written;
    }

    public readonly record struct Point(int X, int Y)
    {
        public int Product => X * Y;
    }

    public sealed class GetOnly(int value)
    {
        public int Value { get; } = value;
    }

    public sealed record Lists(IReadOnlyList<int> List, IEnumerable<int> Array, IEnumerable<int> Lazy, ICollection<ConversationId> Ids, ISet<int> Set);

    [JsonConverter(typeof(BaseConverter))]
    public class BaseConverted
    {
        public int Value { get; init; }

        [JsonConverter(typeof(BaseConverter))]
        public sealed class Child : BaseConverted;
    }

    public sealed class BaseConverter : JsonConverter<BaseConverted>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(BaseConverted));

        public override BaseConverted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, BaseConverted value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber("converted", value.Value);
            writer.WriteEndObject();
        }
    }

    public sealed class HoldsNode
    {
        public JsonNode? Node { get; init; }

        public JsonElement Element { get; init; }
    }

    public sealed class NeverNull
    {
        public required string Name { get; init; }

        /// <summary>One whose annotation does not hold.</summary>
        public static NeverNull Broken() => (NeverNull)RuntimeHelpers.GetUninitializedObject(typeof(NeverNull));
    }
}

/// <summary>Contracts of the same values that the compiler made.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ConversationIdConverter), typeof(MillisecondsConverter)])]
[JsonSerializable(typeof(Awkward.Ignoring))]
[JsonSerializable(typeof(Awkward.HoldsAnimal))]
[JsonSerializable(typeof(IReadOnlyList<Awkward.Dog>))]
[JsonSerializable(typeof(Note))]
internal sealed partial class CompiledJson : JsonSerializerContext;
