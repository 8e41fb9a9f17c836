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
    private readonly ConcurrentDictionary<Type, Shape> _outermostShapes = new();

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
        else OutermostShapeOf(value.GetType()).Write(value, desk, depth: 0);
    }

    /// <summary>Found out once for each type.</summary>
    public Shape ShapeOf(Type type) => _shapes.GetOrAdd(type, static (type, self) => self.Find(type), this);

    // The outermost value is written as an object of no declared type: it then tells which of its ancestor's derived types it is.
    private Shape OutermostShapeOf(Type type) => _outermostShapes.GetOrAdd(
        type, static (type, self) => self.HasPolymorphicAncestor(type) ? new JsonShape(self.Contract(typeof(object))) : self.ShapeOf(type), this);

    private bool HasPolymorphicAncestor(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (IsPolymorphic(ancestor)) return true;
        }

        return type.GetInterfaces().Any(IsPolymorphic);
    }

    // An ancestor of which no contract can be made is none that the serializer would find.
    private bool IsPolymorphic(Type type)
    {
        try
        {
            return Contract(type).PolymorphismOptions is not null;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private Shape Find(Type type)
    {
        var contract = Contract(type);
        return (_plain && IsPlain(contract) ? Direct(contract) : null) ?? new JsonShape(contract);
    }

    private static bool IsPlain(JsonTypeInfo contract) =>
        contract is { PolymorphismOptions: null, NumberHandling: null or JsonNumberHandling.Strict, OnSerializing: null, OnSerialized: null } &&
        contract.Type != typeof(object);

    private Shape? Direct(JsonTypeInfo contract) => contract.Kind switch
    {
        JsonTypeInfoKind.None when IsBuiltIn(contract) && Nullable.GetUnderlyingType(contract.Type) is { } type => ShapeOf(type),
        JsonTypeInfoKind.None when IsBuiltIn(contract) && Shape.OfPrimitive(contract.Type) is { } shape => shape,
        JsonTypeInfoKind.None when IsOf(contract.Type, contract.Converter) =>
            (Shape)Activator.CreateInstance(typeof(ConverterShape<>).MakeGenericType(contract.Type), contract)!,
        JsonTypeInfoKind.Enumerable when IsList(contract.Type) => new ListShape(ShapeOf(contract.ElementType!), new JsonShape(contract)),
        JsonTypeInfoKind.Object when contract.Properties.All(IsPlain) => new ObjectShape(Properties(contract)),
        _ => null,
    };

    private ShapeProperty[] Properties(JsonTypeInfo contract) =>
        [.. contract.Properties.Where(property => property.Get is not null).Select(property => new ShapeProperty(property, this))];

    private static bool IsPlain(JsonPropertyInfo property) =>
        property is { IsExtensionData: false, CustomConverter: null, NumberHandling: null or JsonNumberHandling.Strict };

    // A converter may also serve types derived from its own.
    private static bool IsOf(Type type, JsonConverter converter) => converter.GetType().IsAssignableTo(typeof(JsonConverter<>).MakeGenericType(type));

    // IReadOnlyList and its like are lists for the most part; what else they may be is seen at the value.
    private static bool IsList(Type type) => type.IsArray || (type is { IsGenericType: true, Namespace: "System.Collections.Generic" } &&
        (type.IsInterface || type.GetGenericTypeDefinition() == typeof(List<>)));

    private static bool IsBuiltIn(JsonTypeInfo contract) => contract.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    private JsonTypeInfo Contract(Type type) => options.GetTypeInfo(type);
}
