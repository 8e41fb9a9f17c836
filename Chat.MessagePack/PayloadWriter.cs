using System.Collections.Concurrent;
using System.Collections.Frozen;
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
    private readonly UndeclaredShape _undeclared = new(options);

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

    /// <summary>The shape of a value declared to be of a type; found out once for each.</summary>
    public Shape ShapeOf(Type type) => _shapes.GetOrAdd(type, static (type, self) => self.Find(type), this);

    // Nothing declares the type of the outermost value. So it also tells which of its ancestor's derived types it is, if it has such an
    // ancestor, and need not be known to the options by its own name: both is left to the serializer.
    private Shape OutermostShapeOf(Type type) => _outermostShapes.GetOrAdd(
        type, static (type, self) => self.ContractOf(type) is null || self.HasPolymorphicAncestor(type) ? self._undeclared : self.ShapeOf(type), this);

    private bool HasPolymorphicAncestor(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (IsPolymorphic(ancestor)) return true;
        }

        return type.GetInterfaces().Any(IsPolymorphic);
    }

    private bool IsPolymorphic(Type type) => ContractOf(type) is { PolymorphismOptions: not null };

    // Null for a type that the options do not know, or of which no contract can be made.
    private JsonTypeInfo? ContractOf(Type type)
    {
        try
        {
            return options.TryGetTypeInfo(type, out var contract) ? contract : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private Shape Find(Type type)
    {
        var contract = options.GetTypeInfo(type);
        JsonShape byJson = new(contract);
        return _plain && IsPlain(contract) ? Direct(contract, byJson) : byJson;
    }

    private static bool IsPlain(JsonTypeInfo contract) =>
        contract is { NumberHandling: null or JsonNumberHandling.Strict, OnSerializing: null, OnSerialized: null } && contract.Type != typeof(object);

    private Shape Direct(JsonTypeInfo contract, Shape byJson) => contract.Kind switch
    {
        JsonTypeInfoKind.None when IsBuiltIn(contract) && Nullable.GetUnderlyingType(contract.Type) is { } type => ShapeOf(type),
        JsonTypeInfoKind.None when IsBuiltIn(contract) && Shape.OfPrimitive(contract.Type) is { } shape => shape,
        JsonTypeInfoKind.None when IsOf(contract.Type, contract.Converter) =>
            (Shape)Activator.CreateInstance(typeof(ConverterShape<>).MakeGenericType(contract.Type), contract)!,
        JsonTypeInfoKind.Enumerable when contract.PolymorphismOptions is null && IsList(contract.Type) => new ListShape(ShapeOf(contract.ElementType!), byJson),
        JsonTypeInfoKind.Object when contract.PolymorphismOptions is { } kinds => new UnionShape(Kinds(kinds).ToFrozenDictionary(), byJson),
        JsonTypeInfoKind.Object when contract.Properties.All(IsPlain) => new ObjectShape(Properties(contract)),
        _ => byJson,
    };

    private IEnumerable<KeyValuePair<Type, Shape>> Kinds(JsonPolymorphismOptions union)
    {
        foreach (var derived in union.DerivedTypes)
        {
            var contract = options.GetTypeInfo(derived.DerivedType);
            if (contract is { Kind: JsonTypeInfoKind.Object, PolymorphismOptions: null } && IsPlain(contract) && contract.Properties.All(IsPlain))
                yield return new(derived.DerivedType, new ObjectShape(Properties(contract), union.TypeDiscriminatorPropertyName, derived.TypeDiscriminator));
        }
    }

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
}
