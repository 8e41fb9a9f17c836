using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chat.MessagePack;

/// <summary>
/// Writes arguments, items and results as MessagePack: exactly what transcoding their JSON would give. Most of what travels is records of
/// texts, numbers and ids, and those are written straight from their JSON contract, in less time than their JSON would take. Wherever a
/// contract or the options ask for more than is understood here, the value is written as JSON and transcoded: slower, and right by definition.
/// </summary>
internal sealed class PayloadWriter(JsonSerializerOptions options)
{
    private readonly ConcurrentDictionary<Type, Shape> _shapes = new();

    // Options that change what a contract means.
    private readonly bool _plain = options is
    {
        ReferenceHandler: null,
        NumberHandling: JsonNumberHandling.Strict,
        IgnoreReadOnlyProperties: false,
        IgnoreReadOnlyFields: false,
        DefaultIgnoreCondition: JsonIgnoreCondition.Never or JsonIgnoreCondition.WhenWritingNull,
    };

    public void Write(object? value, Desk desk)
    {
        if (value is null) new MessagePackWriter(desk.Frame).Nil();
        else ShapeOf(value.GetType()).Write(value, desk, depth: 0);
    }

    /// <summary>Found out once for each type.</summary>
    public Shape ShapeOf(Type type) => _shapes.GetOrAdd(type, static (type, self) => self.Find(type), this);

    private Shape Find(Type type)
    {
        var contract = options.GetTypeInfo(type);
        return (_plain && IsPlain(contract) ? Direct(contract) : null) ?? new JsonShape(contract);
    }

    private static bool IsPlain(JsonTypeInfo contract) =>
        contract is { PolymorphismOptions: null, NumberHandling: null or JsonNumberHandling.Strict, OnSerializing: null, OnSerialized: null } &&
        contract.Type != typeof(object);

    private Shape? Direct(JsonTypeInfo contract) => contract.Kind switch
    {
        JsonTypeInfoKind.None when IsBuiltIn(contract) && Nullable.GetUnderlyingType(contract.Type) is { } type => ShapeOf(type),
        JsonTypeInfoKind.None when IsBuiltIn(contract) && Shape.OfPrimitive(contract.Type) is { } shape => shape,
        JsonTypeInfoKind.None => (Shape)Activator.CreateInstance(typeof(ConverterShape<>).MakeGenericType(contract.Type), contract)!,
        JsonTypeInfoKind.Enumerable when IsList(contract.Type) => new ListShape(ShapeOf(contract.ElementType!), new JsonShape(contract)),
        JsonTypeInfoKind.Object when !IsBuiltIn(contract.Type) && contract.Properties.All(IsPlain) => new ObjectShape(Properties(contract)),
        _ => null,
    };

    private ShapeProperty[] Properties(JsonTypeInfo contract) =>
        [.. contract.Properties.Where(property => property.Get is not null).Select(property => new ShapeProperty(property, this))];

    private static bool IsPlain(JsonPropertyInfo property) =>
        property is { IsExtensionData: false, CustomConverter: null, NumberHandling: null or JsonNumberHandling.Strict };

    private static bool IsList(Type type) =>
        type.IsArray || (type.IsGenericType && (type.IsInterface || type.GetGenericTypeDefinition() == typeof(List<>)));

    private static bool IsBuiltIn(JsonTypeInfo contract) => contract.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    // Pairs, tuples and the like have contracts with rules of their own.
    private static bool IsBuiltIn(Type type) => type.Assembly == typeof(object).Assembly;
}
