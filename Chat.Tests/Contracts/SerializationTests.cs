using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>How records travel. Held for every type that a call, an answer or an event can hold.</summary>
public sealed partial class SerializationTests
{
    private static readonly HashSet<Type> Plain = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(DateTimeOffset)];

    public static TheoryData<string> Messages =>
        [.. Contract.Methods.SelectMany(method => new[] { method.Request, method.Value }).Concat(Contract.Events.Select(one => one.Argument)).Select(type => type.Name).Distinct()];

    public static TheoryData<string> Enums => [.. Contract.Enums.Select(type => type.Name)];

    public static TheoryData<string> Kinds => [.. Contract.KindsOf(typeof(Entry)).Keys.Concat(Contract.KindsOf(typeof(InboxEntry)).Keys)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_written_is_read_back(string name)
    {
        var written = Written(name);

        var read = JsonSerializer.Deserialize(written, Contract.InfoOf(Named(name)));

        JsonNode.DeepEquals(JsonNode.Parse(JsonSerializer.Serialize(read, Contract.InfoOf(Named(name)))), JsonNode.Parse(written))
            .Should().BeTrue("all of {0} should come through", written);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_field_travels_in_camelCase(string name)
    {
        var names = FieldNames(JsonNode.Parse(Written(name))!).ToList();

        names.Where(field => !CamelCase.IsMatch(field)).Should().BeEmpty();
        Contract.FieldsOf(Named(name)).Select(field => field.Name).Except(names).Should().BeEmpty("every field of a specimen is filled in");
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void A_choice_travels_as_its_name_in_camelCase_and_nothing_else_is_read(string name)
    {
        var type = Named(name);
        var written = Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, Contract.InfoOf(type)));

        written.Should().Equal(Enum.GetNames(type).Select(value => $"\"{ContractText.Camel(value)}\""));
        FluentActions.Invoking(() => JsonSerializer.Deserialize("1", Contract.InfoOf(type))).Should().Throw<JsonException>();
    }

    [Fact]
    public void Times_travel_as_whole_milliseconds()
    {
        var at = new DateTimeOffset(2026, 1, 5, 14, 0, 0, 123, TimeSpan.FromHours(2));

        Json(new Receipt(new("c1"), 3, at, false)).Should().Be("""{"conversation":"c1","seq":3,"sentAt":1767614400123,"repeated":false}""");
        FluentActions.Invoking(() => Read<Receipt>("""{"sentAt":"2026-01-05T12:00:00Z"}""")).Should().Throw<JsonException>();
    }

    [Fact]
    public void Fields_hold_only_what_every_language_can_hold()
    {
        var strays = from record in Contract.Records
                     from field in Contract.FieldsOf(record)
                     from part in Contract.PartsOf(field.Type)
                     where !Plain.Contains(part) && !part.IsEnum && !part.IsAssignableTo(typeof(ITextId)) && !Contract.IsRecord(part)
                     select $"{record.Name}.{field.Name}: {part.Name}";

        strays.Should().BeEmpty("no Guid, byte[], decimal or ulong means the same in JSON, MessagePack and JavaScript");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_entry_names_its_kind_first(string kind)
    {
        var union = Contract.KindsOf(typeof(Entry)).ContainsKey(kind) ? typeof(Entry) : typeof(InboxEntry);

        JsonSerializer.Serialize(Specimen.Of(Contract.KindsOf(union)[kind]), Contract.InfoOf(union)).Should().StartWith($"{{\"kind\":\"{kind}\",");
    }

    [Fact]
    public void An_entry_of_an_unknown_kind_is_read_as_the_base_record()
    {
        var entry = Read<Entry>("""{"seq":8,"kind":"pollOpened","sentAt":1767614400123,"author":{"user":"u1","userName":"ann","displayName":"Ann"},"options":["a","b"]}""");

        entry.GetType().Should().Be<Entry>();
        entry.Should().Be(new Entry { Seq = 8, SentAt = DateTimeOffset.FromUnixTimeMilliseconds(1_767_614_400_123), Author = new(new("u1"), "ann", "Ann") });
    }

    [Fact]
    public void An_inbox_entry_of_an_unknown_kind_is_read_as_the_base_record() =>
        Read<InboxEntry>("""{"kind":"themeChosen","seq":8,"sentAt":5,"theme":"dark"}""")
            .Should().Be(new InboxEntry { Seq = 8, SentAt = DateTimeOffset.FromUnixTimeMilliseconds(5) }).And.BeOfType<InboxEntry>();

    [Fact]
    public void A_known_kind_is_read_wherever_it_stands() =>
        Read<Entry>("""{"seq":2,"text":"hi","clientMessageId":"1","kind":"message"}""").Should().BeOfType<Message>().Which.Text.Should().Be("hi");

    [Fact]
    public void An_answer_always_has_both_its_fields()
    {
        Json<Answer<Done>>(Done.Value).Should().Be("""{"value":{},"refusal":null}""");
        Json<Answer<Done>>(Refusal.NoSuchUser).Should().Be("""{"value":null,"refusal":{"code":201,"name":"noSuchUser","text":"There is no such user.","retryable":false}}""");
    }

    [Fact]
    public void What_has_no_value_is_absent() => Json(new Renamed { Seq = 4, Author = new(new("u1"), "ann", "Ann") }).Should().NotContain("title");

    [Theory]
    [MemberData(nameof(Messages))]
    public void Null_and_absent_say_the_same(string name)
    {
        if (Contract.Methods.All(method => method.Request.Name != name)) return;
        var type = Named(name);
        var withNulls = JsonNode.Parse(Written(name))!.AsObject();
        var without = JsonNode.Parse(Written(name))!.AsObject();
        foreach (var field in Contract.FieldsOf(type).Where(field => !field.Required)) withNulls[field.Name] = null;
        foreach (var field in Contract.FieldsOf(type).Where(field => !field.Required)) without.Remove(field.Name);

        Again(withNulls).Should().Be(Again(without));

        string Again(JsonObject request) => JsonSerializer.Serialize(JsonSerializer.Deserialize(request, Contract.InfoOf(type)), Contract.InfoOf(type));
    }

    [Fact]
    public void Unknown_fields_are_passed_over() =>
        Read<FindUser>("""{"userName":"ann","__proto__":{"admin":true},"$type":"x"}""").Should().Be(new FindUser { UserName = "ann" });

    [Theory]
    [InlineData("")]
    [InlineData("c1\\u0000")]
    [InlineData("c1\\u001f")]
    public void An_id_with_a_control_character_or_none_at_all_is_no_id(string id) =>
        FluentActions.Invoking(() => Read<MarkRead>($$"""{"conversation":"{{id}}","seq":1}""")).Should().Throw<JsonException>();

    private static string Written(string name) => JsonSerializer.Serialize(Specimen.Of(Named(name)), Contract.InfoOf(Named(name)));

    private static Type Named(string name) => Contract.Travelling.Single(type => type.Name == name);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Contract.InfoOf(typeof(T)));

    private static T Read<T>(string json) => (T)JsonSerializer.Deserialize(json, Contract.InfoOf(typeof(T)))!;

    // The keys of a map are ids, not names of fields.
    private static IEnumerable<string> FieldNames(JsonNode node) => node switch
    {
        JsonObject record => record.SelectMany(field => new[] { field.Key }.Concat(field.Value is null || field.Key == "have" ? [] : FieldNames(field.Value))),
        JsonArray list => list.SelectMany(item => FieldNames(item!)),
        _ => [],
    };

    [GeneratedRegex("^[a-z][A-Za-z]*$")]
    private static partial Regex CamelCase { get; }
}
