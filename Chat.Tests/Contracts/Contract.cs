using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Tests.Contracts;

/// <summary>The contract as reflection sees it: what may be called, and every record that can travel, with its fields as they are named on the wire.</summary>
internal static class Contract
{
    public static IReadOnlyList<HubMethod> Methods { get; } = [.. Declared(typeof(IChatHub)).Select(method => new HubMethod(
        method.Name, RequestOf(method), method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0],
        method.GetCustomAttribute<AnonymousAttribute>() is not null))];

    public static IReadOnlyList<ClientEvent> Events { get; } = [.. Declared(typeof(IChatClient)).Select(method => new ClientEvent(method.Name, RequestOf(method)))];

    public static IReadOnlyList<Refusal> Refusals { get; } = [.. typeof(Refusal).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).Cast<Refusal>().OrderBy(refusal => refusal.Code)];

    public static IReadOnlyDictionary<string, int> Limits { get; } = typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

    /// <summary>Everything that a request, a value or an event can hold, itself included; in order of names.</summary>
    public static IReadOnlyList<Type> Travelling { get; } = [.. Reachable(
        [.. Methods.Select(method => method.Request), .. Methods.Select(method => method.Value), .. Events.Select(one => one.Argument), typeof(Refusal)])
        .OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static IReadOnlyList<Type> Records { get; } = [.. Travelling.Where(IsRecord)];

    public static IReadOnlyList<Type> Enums { get; } = [.. Travelling.Where(type => type.IsEnum)];

    public static IReadOnlyDictionary<string, Type> KindsOf(Type union) => InfoOf(union).PolymorphismOptions!.DerivedTypes
        .ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType);

    public static IReadOnlyList<WireField> FieldsOf(Type record) => [.. InfoOf(record).Properties.Select(property => new WireField(
        property.Name, property.PropertyType, property.IsRequired, property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null))];

    public static JsonTypeInfo InfoOf(Type type) =>
        ChatJson.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type.Name} is not among the types of ChatJson.");

    /// <summary>The type of one item, where there may be none or many.</summary>
    public static IEnumerable<Type> PartsOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return [inner];
        return type.IsGenericType ? type.GetGenericArguments() : [type];
    }

    public static bool IsRecord(Type type) => type.Namespace == typeof(IChatHub).Namespace && type is { IsClass: true };

    private static IEnumerable<MethodInfo> Declared(Type contract) => contract.GetMethods().OrderBy(method => method.MetadataToken);

    private static Type RequestOf(MethodInfo method) => method.GetParameters().Single().ParameterType;

    private static HashSet<Type> Reachable(IEnumerable<Type> roots)
    {
        HashSet<Type> seen = [];
        Queue<Type> waiting = new(roots);
        while (waiting.TryDequeue(out var type))
        {
            if (!seen.Add(type) || !IsRecord(type)) continue;
            foreach (var part in FieldsOf(type).SelectMany(field => PartsOf(field.Type))) waiting.Enqueue(part);
            foreach (var derived in InfoOf(type).PolymorphismOptions?.DerivedTypes ?? []) waiting.Enqueue(derived.DerivedType);
        }
        return seen;
    }
}

internal sealed record HubMethod(string Name, Type Request, Type Value, bool Anonymous);

internal sealed record ClientEvent(string Name, Type Argument);

/// <param name="Required">A request without it is refused.</param>
/// <param name="Optional">It may be absent.</param>
internal sealed record WireField(string Name, Type Type, bool Required, bool Optional);
