using System.Text;
using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>The whole contract as a text that people read in a diff.</summary>
internal static class ContractText
{
    public static string Write()
    {
        var text = new StringBuilder();
        Section("Methods of the hub: request -> value (anonymous: before log-in)", Contract.Methods.Select(method =>
            $"{method.Name}: {NameOf(method.Request)} -> {NameOf(method.Value)}{(method.Anonymous ? " (anonymous)" : "")}"));
        Section("Events: argument", Contract.Events.Select(one => $"{one.Name}: {NameOf(one.Argument)}"));
        Section("Records (! must be sent, ? may be absent)", Contract.Records.SelectMany(Record));
        Section("Enums", Contract.Enums.Select(type => $"{type.Name}: {string.Join(" | ", Enum.GetNames(type).Select(Camel))}"));
        Section("Kinds of entries", Kinds(typeof(Entry)));
        Section("Kinds of inbox entries", Kinds(typeof(InboxEntry)));
        Section("Refusals", Contract.Refusals.Select(Refused));
        Section("Limits", Contract.Limits.Select(limit => $"{limit.Key} = {limit.Value}"));
        Section("Other public types", Others());
        return text.ToString();

        void Section(string title, IEnumerable<string> lines) =>
            text.Append("# ").Append(title).Append('\n').AppendJoin('\n', lines).Append("\n\n");
    }

    /// <summary>A type as a client sees it.</summary>
    public static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return NameOf(inner);
        if (!type.IsGenericType) return Simple.GetValueOrDefault(type, type.Name);
        var parts = type.GetGenericArguments().Select(NameOf).ToArray();
        return parts is [var item] ? $"{item}[]" : $"{{{parts[0]}: {parts[1]}}}";
    }

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static readonly Dictionary<Type, string> Simple = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = "flag",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(DateTimeOffset)] = "time",
    };

    private static IEnumerable<string> Record(Type type) =>
    [
        type.Name,
        .. Contract.FieldsOf(type).Select(field => $"  {field.Name}{(field.Required ? "!" : "")}{(field.Optional ? "?" : "")}: {NameOf(field.Type)}"),
    ];

    private static IEnumerable<string> Kinds(Type union) => Contract.KindsOf(union).Select(kind => $"{kind.Key}: {kind.Value.Name}");

    private static string Refused(Refusal refusal) => string.Join(' ', new[]
    {
        $"{refusal.Code} {refusal.Name}",
        refusal.Retryable ? "retryable" : null,
        refusal.RetryAfterMs is { } wait ? $"after {wait} ms" : null,
        refusal.Field is { } field ? $"({field})" : null,
    }.OfType<string>());

    // Ids and bases of records are here, and what only C# sees; so nothing public can come or go unnoticed.
    private static IEnumerable<string> Others() => typeof(IChatHub).Assembly.GetExportedTypes()
        .Except(Contract.Records).Except(Contract.Enums)
        .Select(type => $"{type.FullName!.Split('`')[0]}{(type.IsAssignableTo(typeof(ITextId)) && type.IsValueType ? ": id" : "")}")
        .Order(StringComparer.Ordinal);
}
