using System.Collections;
using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>One of every type that travels, with every field filled in by a value that is not its default.</summary>
internal static class Specimen
{
    private const long Milliseconds = 1_767_614_400_123;

    public static object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner);
        if (type == typeof(string)) return "ä \"quoted\" text";
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return 7;
        if (type == typeof(long)) return 9_007_199_254_740_991; // 2^53 - 1, the highest that JavaScript holds
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (type.IsAssignableTo(typeof(ITextId))) return Activator.CreateInstance(type, "0190a0b0c0d0e0f0")!;
        if (type.IsGenericType) return type.GetGenericArguments() is [var item] ? ListOf(item) : MapOf(type.GetGenericArguments());
        return Record(type);
    }

    // Filled in with reflection: required fields need no initialiser here, and a field that is added is filled in by itself.
    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First(one => one.GetParameters() is not [var only] || only.ParameterType != type);
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite)) property.SetValue(made, Of(property.PropertyType));
        return made;
    }

    private static IList ListOf(Type item)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        foreach (var type in item == typeof(Entry) || item == typeof(InboxEntry) ? Contract.KindsOf(item).Values : [item]) list.Add(Of(type));
        return list;
    }

    private static IDictionary MapOf(Type[] types)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(types))!;
        map.Add(Of(types[0]), Of(types[1]));
        return map;
    }
}
