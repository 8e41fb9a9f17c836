using Chat.Tests.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>B: calls that are none of the contract's. Each is answered with what is wrong, and the next is answered as ever.</summary>
public sealed class Calls(House house) : IClassFixture<House>
{
    private const string Draft = "\"clientMessageId\":\"0190a0b0c0d0e0f00190a0b0c0d0e0f0\"";

    [Theory]
    [InlineData("B1", "")]
    [InlineData("B1", "NoSuchMethod")]
    [InlineData("B1", "OnConnectedAsync")]
    [InlineData("B1", "OnDisconnectedAsync")]
    [InlineData("B1", "Dispose")]
    [InlineData("B1", "ToString")]
    [InlineData("B1", "GetHashCode")]
    [InlineData("B1", "GetType")]
    [InlineData("B1", "Clients")]
    [InlineData("B1", "get_Context")]
    [InlineData("B1", "set_Clients")]
    [InlineData("B1", "EntriesAppended")]
    public async Task What_is_no_method_is_an_error(string row, string method)
    {
        await using var visitor = await house.Someone();

        (await visitor.Connection.CallRaw(method, "{}")).Should().Contain("\"error\"", row).And.NotContain("\"result\"").And.NotContain(" at ");
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("B2", "", null)]
    [InlineData("B2", "{},{}", null)]
    [InlineData("B2", "\"text\"", null)]
    [InlineData("B2", "5", null)]
    [InlineData("B2", "[]", null)]
    [InlineData("B2", "true", null)]
    [InlineData("B3", "null", null)]
    [InlineData("B2", "{\"conversation\":{},@,\"text\":\"x\"}", "conversation")]
    [InlineData("B2", "{\"conversation\":\"c\",@,\"text\":5}", "text")]
    [InlineData("B2", "{\"conversation\":\"c\",@,\"text\":[\"x\"]}", "text")]
    [InlineData("B2", "{\"conversation\":\"c\",@,\"text\":\"x\",\"replyTo\":1.5}", "replyTo")]
    [InlineData("B2", "{\"conversation\":\"c\",@,\"text\":\"x\",\"replyTo\":\"5\"}", "replyTo")]
    [InlineData("B2", "{\"conversation\":\"c\",@,\"text\":\"x\",\"replyTo\":\"NaN\"}", "replyTo")]
    [InlineData("B2", "{\"conversation\":\"c\",@,\"text\":\"x\",\"replyTo\":99999999999999999999}", "replyTo")]
    [InlineData("B2", "{\"conversation\":\"c\",@,\"text\":\"x\",\"mentions\":\"dave\"}", "mentions")]
    [InlineData("B3", "{\"conversation\":\"c\",@,\"text\":\"x\",\"mentions\":[null]}", "mentions")]
    [InlineData("B4", "{\"conversation\":\"c\",\"conversation\":\"d\",@,\"text\":\"x\"}", "conversation")]
    [InlineData("B4", "{\"conversation\":\"c\",@,\"text\":\"x\",\"text\":\"y\"}", "text")]
    [InlineData("B12", "{\"conversation\":1e3,@,\"text\":\"x\"}", "conversation")]
    [InlineData("B12", "{\"conversation\":\"c\",@,\"text\":\"x\",\"replyTo\":9223372036854775808}", "replyTo")]
    [InlineData("B12", "{\"conversation\":\"c\",\"clientMessageId\":7,\"text\":\"x\"}", "clientMessageId")]
    [InlineData("G3", "{\"conversation\":\"c\",\"clientMessageId\":\"\",\"text\":\"x\"}", "clientMessageId")]
    [InlineData("G3", "{\"conversation\":\"c\",\"clientMessageId\":\"0190a0b0c0d0e0f00190a0b0c0d0e0\",\"text\":\"x\"}", "clientMessageId")]
    [InlineData("G3", "{\"conversation\":\"c\",\"clientMessageId\":\"0190a0b0c0d0e0f00190a0b0c0d0e0fg\",\"text\":\"x\"}", "clientMessageId")]
    [InlineData("F3", "{\"conversation\":\"c\",@,\"text\":\"\\ud800\"}", "text")]
    [InlineData("F3", "{\"conversation\":\"\\udc00\",@,\"text\":\"x\"}", "conversation")]
    [InlineData("F3", "{\"\\udc00\":\"c\",@,\"text\":\"x\"}", null)]
    public async Task A_request_that_cannot_be_read_is_invalid(string row, string arguments, string? field)
    {
        await using var visitor = await house.Someone();

        RawAnswer answer = new(await visitor.Connection.CallRaw("SendMessage", arguments.Replace("@", Draft, StringComparison.Ordinal)));

        answer.Outcome.Should().Be("invalid", row);
        if (field is not null) answer.Field.Should().Be(field);
        await house.IsWell(visitor);
    }

    public static TheoryData<string> Methods => [.. Contract.Methods.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task B3_null_in_any_field_is_invalid_where_the_field_is_needed(string method)
    {
        await using var visitor = await house.Someone();
        var fields = Contract.FieldsOf(Contract.Methods.Single(one => one.Name == method).Request);

        foreach (var field in fields.Where(field => field.Required))
        {
            RawAnswer answer = new(await visitor.Connection.CallRaw(method, $"{{\"{field.Name}\":null}}"));
            answer.Outcome.Should().Be("invalid", "{0} of {1} is null", field.Name, method);
        }
        foreach (var field in fields.Where(field => !field.Required))
            (await visitor.Connection.CallRaw(method, $"{{\"{field.Name}\":null}}")).Should().Contain("\"result\"", "{0} of {1} may be null", field.Name, method);
        (await visitor.Connection.CallRaw(method, "null")).Should().Contain("\"invalid\"");
        (await visitor.Connection.CallRaw(method, "{\"seq\":{},\"conversation\":[],\"userName\":1,\"unknown\":null}")).Should().Contain("\"result\"");
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("mentions")]
    public async Task B5_nesting_in_a_known_field_is_invalid(string field)
    {
        await using var visitor = await house.Someone();

        RawAnswer answer = new(await visitor.Connection.CallRaw("SendMessage", $"{{\"{field}\":{new string('[', 40)}{new string(']', 40)}}}"));

        answer.Outcome.Should().Be("invalid");
        answer.Field.Should().StartWith(field);
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("lISTsESSIONS", "ok")]
    [InlineData("deactivateuser", "forbidden")]
    public async Task B10_the_case_of_a_name_does_not_matter_to_who_may_call_it(string method, string expected)
    {
        await using var visitor = await house.Someone();
        await using var nobody = await RawConnection.Open(house.Server.Url);

        new RawAnswer(await visitor.Connection.CallRaw(method, "{\"userName\":\"alice.healthy\"}")).Outcome.Should().Be(expected);
        new RawAnswer(await nobody.CallRaw(method, "{\"userName\":\"alice.healthy\"}")).Outcome.Should().Be("notLoggedIn");
    }

    [Theory]
    [InlineData("\"unknown\":{\"deep\":[1,{}]}")]
    [InlineData("\"__proto__\":{\"administrator\":true}")]
    [InlineData("\"constructor\":{\"prototype\":{}}")]
    [InlineData("\"$type\":\"System.IO.FileInfo, System.Runtime\"")]
    [InlineData("\"$ref\":\"1\",\"$id\":\"1\",\"$values\":[]")]
    [InlineData("\"role\":\"owner\",\"administrator\":true,\"caller\":\"alice\"")]
    public async Task B11_unknown_fields_are_passed_over(string fields)
    {
        await using var visitor = await house.Someone();

        new RawAnswer(await visitor.Connection.CallRaw("ListSessions", $"{{{fields}}}")).Outcome.Should().Be("ok");
        new RawAnswer(await visitor.Connection.CallRaw("Announce", $"{{\"text\":\"x\",{fields}}}")).Outcome.Should().Be("forbidden");
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("-0")]
    [InlineData("9007199254740993")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    public async Task B12_numbers_out_of_the_way_are_refused(string seq)
    {
        var (owner, member, conference) = await house.Conference();

        foreach (var method in new[] { "DeleteMessage", "EditMessage", "React", "Unreact" })
            new RawAnswer(await owner.Connection.CallRaw(method, $$"""{"conversation":"{{conference}}",{{Draft}},"seq":{{seq}},"text":"x","emoji":"👍"}""")).Outcome.Should().Be("noSuchMessage");
        new RawAnswer(await owner.Connection.CallRaw("SendMessage", $$"""{"conversation":"{{conference}}",{{Draft}},"replyTo":{{seq}},"text":"x"}""")).Outcome.Should().Be("noSuchMessage");
        await house.IsWell(owner);
        await owner.DisposeAsync();
        await member.DisposeAsync();
    }
}
