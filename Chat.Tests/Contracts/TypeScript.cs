using System.Text;
using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>The contract as the TypeScript SDK speaks it: what stands in its <c>contract.ts</c>.</summary>
internal static class TypeScript
{
    private static readonly HashSet<Type> Requests = [.. Contract.Methods.Select(method => method.Request)];
    private static readonly Type[] Unions = [typeof(Entry), typeof(InboxEntry)];

    private static readonly Dictionary<Type, string> Simple = new()
    {
        [typeof(string)] = "string",
        [typeof(bool)] = "boolean",
        [typeof(int)] = "number",
        [typeof(long)] = "number",
        [typeof(DateTimeOffset)] = "Time",
    };

    public static string Write()
    {
        StringBuilder text = new();
        Add("// The language of the service, generated from Chat.Contracts by the test The_contract_in_typescript_is_the_contract. Not to be edited by hand.\n");
        Add("\n/** Whole milliseconds since 1970-01-01 UTC, by the server's clock. */\nexport type Time = number;\n");
        foreach (var id in Ids()) Add(Comments.Of(id) + $"export type {id.Name} = string;\n");
        foreach (var choice in Contract.Enums) Add(Comments.Of(choice) + $"export type {choice.Name} = {Choice(choice)};\n");
        foreach (var record in Contract.Records) Add(Unions.Contains(record) ? Union(record) : Record(record));
        Add("\n/** What the hub can be asked, by the names of its methods. */\nexport interface HubMethods {\n");
        foreach (var method in Contract.Methods)
            Add(Comments.Of(typeof(IChatHub).GetMethod(method.Name)!) + $"  {method.Name}: {{ request: {method.Request.Name}; value: {method.Value.Name} }};\n");
        Add("}\n\n/** What the hub tells, by the names of its events. */\nexport interface HubEvents {\n");
        foreach (var one in Contract.Events) Add(Comments.Of(typeof(IChatClient).GetMethod(one.Name)!) + $"  {one.Name}: {one.Argument.Name};\n");
        Add("}\n\n/** What every method of the hub answers: a value or a refusal, and null for the other. */\n");
        Add("export type Answer<T> = { readonly value: T; readonly refusal: null } | { readonly value: null; readonly refusal: Refusal };\n");
        Add("\n/** Codes of refusals by their names; both are stable. */\nexport const RefusalCode = {\n");
        foreach (var refusal in Contract.Refusals) Add($"  /** {refusal.Text} */\n  {refusal.Name}: {refusal.Code},\n");
        Add("} as const;\n\n/** The sizes that the contract promises. */\nexport const Limits = {\n");
        foreach (var (name, value) in Contract.Limits) Add(Comments.Of(typeof(Limits).GetField(name)!) + $"  {ContractText.Camel(name)}: {value},\n");
        Add("} as const;\n");
        return text.ToString();

        void Add(string part) => text.Append(part);
    }

    private static IEnumerable<Type> Ids() => typeof(IChatHub).Assembly.GetExportedTypes()
        .Where(type => type.IsValueType && type.IsAssignableTo(typeof(ITextId))).OrderBy(type => type.Name, StringComparer.Ordinal);

    private static string Choice(Type choice) => string.Join(" | ", Enum.GetNames(choice).Select(name => $"'{ContractText.Camel(name)}'"));

    // The base of the kinds is what even a kind that is not known has.
    private static string Union(Type union)
    {
        var kinds = Contract.KindsOf(union).Values.Select(kind => kind.Name);
        return $"{Comments.Of(union)}export type {union.Name} = {string.Join(" | ", kinds)};\n"
            + $"\n/** What every kind has, also one that this version does not know. */\nexport interface {union.Name}Base {{\n{Fields(union, null)}}}\n";
    }

    private static string Record(Type record)
    {
        var union = Unions.SingleOrDefault(record.IsAssignableTo);
        var kind = union is null ? null : Contract.KindsOf(union).Single(one => one.Value == record).Key;
        return $"{Comments.Of(record)}export interface {record.Name}{(union is null ? "" : $" extends {union.Name}Base")} {{\n"
            + (kind is null ? "" : $"  readonly kind: '{kind}';\n") + $"{Fields(record, union)}}}\n";
    }

    private static string Fields(Type record, Type? union)
    {
        var inherited = union is null ? [] : Contract.FieldsOf(union).Select(field => field.Name).ToHashSet();
        return string.Concat(Contract.FieldsOf(record).Where(field => !inherited.Contains(field.Name)).Select(field => Field(record, field)));
    }

    private static string Field(Type record, WireField field)
    {
        var isRequest = Requests.Contains(record);
        var mayBeAbsent = isRequest ? !field.Required : field.Optional;
        return $"{Comments.Of(record, field.Name)}  readonly {field.Name}{(mayBeAbsent ? "?" : "")}: {NameOf(field.Type)}{(mayBeAbsent ? " | undefined" : "")};\n";
    }

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return NameOf(inner);
        if (!type.IsGenericType) return Simple.GetValueOrDefault(type, type.Name);
        return type.GetGenericArguments() is [var item] ? $"readonly {NameOf(item)}[]" : $"{{ readonly [id: string]: {NameOf(type.GetGenericArguments()[1])} }}";
    }
}
