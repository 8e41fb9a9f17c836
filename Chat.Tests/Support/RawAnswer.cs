using System.Text.Json;
using Chat.Contracts.Json;

namespace Chat.Tests.Support;

/// <summary>A completion as it came, and what it says.</summary>
internal sealed record RawAnswer(string Text)
{
    private JsonElement Result
    {
        get
        {
            using var parsed = JsonDocument.Parse(Text);
            return parsed.RootElement.TryGetProperty("result", out var result)
                ? result.Clone()
                : throw new InvalidOperationException($"No answer of the contract: {Text}");
        }
    }

    public JsonElement Value => Outcome == "ok" ? Result.GetProperty("value") : throw new InvalidOperationException($"Refused: {Text}");

    public JsonElement Refusal => Result.GetProperty("refusal");

    /// <summary>"ok", or the name of the refusal.</summary>
    public string Outcome => Refusal.ValueKind == JsonValueKind.Null ? "ok" : Refusal.GetProperty("name").GetString()!;

    public string? Field => Refusal.ValueKind == JsonValueKind.Object && Refusal.TryGetProperty("field", out var path) ? path.GetString() : null;

    public T As<T>() => (T)JsonSerializer.Deserialize(Value, ChatJson.Default.GetTypeInfo(typeof(T))!)!;
}
