using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Cli.Printing;

/// <summary>
/// A line of JSON for programs: the record of the contract with its fields as they travel, <c>"v":1</c> before them. Fields are added, never
/// renamed, while <c>v</c> is 1. All but ASCII is escaped, so that it is safe on a terminal too.
/// </summary>
internal static class JsonLine
{
    private const int Version = 1;

    public static string Of<T>(T record, JsonTypeInfo<T> type, params (string Name, string? Value)[] before)
    {
        JsonObject line = new() { ["v"] = Version };
        foreach (var (name, value) in before)
        {
            if (value is not null) line[name] = value;
        }
        var fields = JsonSerializer.SerializeToNode(record, type)!.AsObject();
        foreach (var (name, value) in fields.ToList())
        {
            fields.Remove(name);
            line[name] = value;
        }
        return line.ToJsonString();
    }

    public static string Of(params (string Name, string? Value)[] fields)
    {
        JsonObject line = new() { ["v"] = Version };
        foreach (var (name, value) in fields) line[name] = value;
        return line.ToJsonString();
    }
}
