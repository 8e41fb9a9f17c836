using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Chat.Contracts;

/// <summary>What every hub method completes with: a value, or a refusal; never both, never neither.</summary>
public sealed record Answer<T>(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] T? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Refusal? Refusal)
    where T : class
{
    [JsonIgnore]
    [MemberNotNullWhen(true, nameof(Value)), MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null;

    public static implicit operator Answer<T>(T value) => new(value, null);
    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>The value of a deed that has nothing to tell but that it is done.</summary>
public sealed record Done
{
    public static readonly Done Value = new();
}
