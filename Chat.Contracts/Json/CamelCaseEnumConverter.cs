using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Json;

/// <summary>An enum as its name in camelCase; a number in its place is refused.</summary>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
