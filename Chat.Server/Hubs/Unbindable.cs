using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Contracts;

namespace Chat.Server.Hubs;

/// <summary>Stands in a call's place of the request that could not be read, with the refusal that the caller is answered.</summary>
internal sealed partial record Unbindable(Refusal Refusal)
{
    private const int PathLength = 100;

    public static Unbindable Because(Exception cause) => new(cause switch
    {
        JsonException json when FieldOf(json) is { } field => Refusal.Invalid.Of(field).Because($"The field {field} is missing, or not of its type."),
        InvalidDataException { InnerException: { } inner } => Because(inner).Refusal,
        JsonException => Refusal.Invalid,
        _ => Refusal.Invalid.Because("A call takes exactly one request object."),
    });

    /// <summary>Where the reader of JSON stopped; a missing field it names in its message only.</summary>
    private static string? FieldOf(JsonException exception)
    {
        if (MissingField.Match(exception.Message) is { Success: true } missing) return missing.Groups[1].Value;
        var path = exception.Path?.Trim('$', '.');
        return string.IsNullOrEmpty(path) ? null : path[..Math.Min(path.Length, PathLength)];
    }

    [GeneratedRegex("required properties including: '([A-Za-z]+)'", RegexOptions.NonBacktracking)]
    private static partial Regex MissingField { get; }
}
