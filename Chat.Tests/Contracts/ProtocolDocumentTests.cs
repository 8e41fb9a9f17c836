using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>What docs/protocol.md says of the contract is all of it, and nothing that is not so.</summary>
public sealed class ProtocolDocumentTests
{
    private static readonly Dictionary<Type, string[]> Words = new()
    {
        [typeof(string)] = ["text"],
        [typeof(bool)] = ["flag"],
        [typeof(int)] = ["int", "ms"],
        [typeof(long)] = ["seq", "int", "ms"],
        [typeof(DateTimeOffset)] = ["time"],
    };

    private static readonly Type[] Unions = [typeof(Entry), typeof(InboxEntry)];

    private static readonly string[] MethodTable = ["method", "request", "value", "refuses"];

    public static TheoryData<string> Methods => [.. Contract.Methods.Select(method => method.Name)];

    public static TheoryData<string> Records => [.. Described.Select(record => record.Name)];

    public static TheoryData<string> Kinds => [.. Unions.SelectMany(union => Contract.KindsOf(union).Keys)];

    [Fact]
    public void The_methods_are_all_there_in_the_contracts_order() =>
        ProtocolDocument.Rows(MethodTable).Select(row => ProtocolDocument.Names(row[0]).Single()).Should().Equal(Contract.Methods.Select(method => method.Name));

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_is_described_as_it_is(string name)
    {
        var method = Contract.Methods.Single(method => method.Name == name);
        var row = ProtocolDocument.Rows(MethodTable).Single(row => ProtocolDocument.Names(row[0]).Single() == name);

        row[0].EndsWith("before log-in", StringComparison.Ordinal).Should().Be(method.Anonymous);
        Compare(row[1], Contract.FieldsOf(method.Request), isOptional: field => !field.Required);
        ProtocolDocument.Names(row[2]).Should().Equal(method.Value.Name);
        ProtocolDocument.Names(row[3]).Except(Contract.Refusals.Select(refusal => refusal.Name)).Should().BeEmpty();
    }

    [Fact]
    public void The_events_are_all_there_with_their_arguments() =>
        ProtocolDocument.Rows("event", "argument").Select(row => (ProtocolDocument.Names(row[0]).Single(), ProtocolDocument.Names(row[1]).Single()))
            .Should().Equal(Contract.Events.Select(one => (one.Name, one.Argument.Name)));

    [Fact]
    public void The_records_are_all_there() =>
        ProtocolDocument.Rows("record", "fields").Select(row => ProtocolDocument.Names(row[0]).Single()).Should().BeEquivalentTo(Described.Select(record => record.Name));

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_is_described_as_it_is(string name)
    {
        var row = ProtocolDocument.Rows("record", "fields").Single(row => ProtocolDocument.Names(row[0]).Single() == name);

        Compare(row[1], Contract.FieldsOf(Described.Single(record => record.Name == name)), field => field.Optional);
    }

    [Fact]
    public void The_choices_are_all_there_with_their_values() =>
        ProtocolDocument.Rows("choice", "values").Select(row => $"{ProtocolDocument.Names(row[0]).Single()}: {string.Join(' ', ProtocolDocument.Names(row[1]))}")
            .Should().BeEquivalentTo(Contract.Enums.Select(type => $"{type.Name}: {string.Join(' ', Enum.GetNames(type).Select(ContractText.Camel))}"));

    [Fact]
    public void The_kinds_of_entries_are_all_there() =>
        ProtocolDocument.Rows("kind", "adds").Select(row => ProtocolDocument.Names(row[0]).Single()).Should().Equal(Contract.KindsOf(typeof(Entry)).Keys);

    [Fact]
    public void The_kinds_of_inbox_entries_are_all_there() =>
        ProtocolDocument.Rows("inbox kind", "adds").Select(row => ProtocolDocument.Names(row[0]).Single()).Should().Equal(Contract.KindsOf(typeof(InboxEntry)).Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_is_described_as_it_is(string kind)
    {
        var union = Unions.Single(union => Contract.KindsOf(union).ContainsKey(kind));
        var common = Contract.FieldsOf(union).Select(field => field.Name).ToHashSet();
        var row = ProtocolDocument.Rows(union == typeof(Entry) ? "kind" : "inbox kind", "adds").Single(row => ProtocolDocument.Names(row[0]).Single() == kind);

        Compare(row[1], Contract.FieldsOf(Contract.KindsOf(union)[kind]).Where(field => !common.Contains(field.Name)), field => field.Optional);
    }

    [Fact]
    public void The_refusals_are_all_there() =>
        ProtocolDocument.Rows("code", "name", "retryable").Select(row => $"{row[0]} {ProtocolDocument.Names(row[1]).Single()} {row[2]}")
            .Should().Equal(Contract.Refusals.Select(refusal => $"{refusal.Code} {refusal.Name} {(refusal.Retryable ? "yes" : "no")}"));

    [Fact]
    public void The_limits_are_all_there_with_their_values() =>
        ProtocolDocument.Rows("limit", "value").Select(row => $"{ProtocolDocument.Names(row[0]).Single()} = {row[1]}")
            .Should().Equal(Contract.Limits.Select(limit => $"{limit.Key} = {limit.Value}"));

    // Requests stand with their methods, entries with their kinds.
    private static IEnumerable<Type> Described => Contract.Records
        .Except(Contract.Methods.Select(method => method.Request))
        .Except(Unions).Except(Unions.SelectMany(union => Contract.KindsOf(union).Values));

    private static void Compare(string cell, IEnumerable<WireField> fields, Func<WireField, bool> isOptional)
    {
        var expected = fields.ToList();
        var described = ProtocolDocument.Fields(cell);

        described.Select(field => (field.Name, field.Optional)).Should().BeEquivalentTo(expected.Select(field => (field.Name, isOptional(field))));
        foreach (var field in expected) WordsFor(field.Type).Should().Contain(described.Single(one => one.Name == field.Name).Type, "that is what {0} is", field.Name);
    }

    private static string[] WordsFor(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return WordsFor(inner);
        if (type.IsGenericType) return type.GetGenericArguments() is [var item] ? [.. WordsFor(item).Select(word => $"{word}[]")] : ["map"];
        if (type.IsAssignableTo(typeof(ITextId))) return ["id"];
        return Words.GetValueOrDefault(type, [type.Name]);
    }
}
