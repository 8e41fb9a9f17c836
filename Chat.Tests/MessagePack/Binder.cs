using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

/// <summary>Knows the type of a parameter, a result and a stream item by its name: method "long" takes one long, stream "long" is of longs.</summary>
internal sealed class Binder : IInvocationBinder
{
    private static readonly Dictionary<string, Type> Types = new()
    {
        ["method"] = typeof(int),
        ["xyz"] = typeof(int),
        ["bool"] = typeof(bool),
        ["bytes"] = typeof(byte[]),
        ["dictionary"] = typeof(Dictionary<string, int>),
        ["double"] = typeof(double),
        ["json"] = typeof(JsonElement),
        ["list"] = typeof(List<int>),
        ["long"] = typeof(long),
        ["note"] = typeof(Note),
        ["object"] = typeof(object),
        ["raw"] = typeof(RawResult),
        ["text"] = typeof(string),
        ["ulong"] = typeof(ulong),
    };

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
    {
        "nothing" => [],
        "two" => [typeof(int), typeof(Note)],
        _ when Types.TryGetValue(methodName, out var type) => [type],
        _ => throw new HubException("There is no such method."),
    };

    public Type GetReturnType(string invocationId) => Types[invocationId];

    public Type GetStreamItemType(string streamId) => Types[streamId];
}
