using System.Text;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>B: frames that are no calls, too many or too large. Each is answered or closes its own connection, and nothing else.</summary>
public sealed class Frames(House house) : IClassFixture<House>
{
    private const string Draft = "\"clientMessageId\":\"0190a0b0c0d0e0f00190a0b0c0d0e0f0\"";

    [Theory]
    [InlineData(14, "ok")]
    [InlineData(40, "ok")] // passed over with the unknown field that it is in; no known one is that deep
    [InlineData(64, "closed")]
    [InlineData(70, "closed")]
    [InlineData(10_000, "closed")]
    public async Task B5_nesting_of_any_depth_harms_nobody(int depth, string expected)
    {
        await using var visitor = await house.Someone();

        var outcome = await OutcomeOf(visitor, () => visitor.Connection.CallRaw("ListSessions", $"{{\"extra\":{new string('[', depth)}{new string(']', depth)}}}"));

        outcome.Should().Be(expected);
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData(16 * 1024, "tooLarge")] // the quotation marks of the text are not counted, its escaped ones are
    [InlineData(100 * 1024, "tooLarge")]
    [InlineData(Limits.CallLength - 500, "tooLarge")]
    [InlineData(Limits.CallLength + 1, "closed")]
    [InlineData(1024 * 1024, "closed")]
    public async Task B6_a_call_too_large_is_told_where_it_can_be(int length, string expected)
    {
        await using var visitor = await house.Someone();

        var outcome = await OutcomeOf(visitor, () => visitor.Connection.CallRaw("SendMessage", $$"""{"conversation":"c",{{Draft}},"text":"{{new string('x', length)}}y"}"""));

        outcome.Should().Be(expected);
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task B6_text_without_an_end_closes_its_connection()
    {
        await using var visitor = await house.Someone();

        for (var i = 0; i < 16; i++) await visitor.Connection.SendText(new string('x', 64 * 1024));

        await visitor.Connection.Closed;
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("B7", """{"type":0}""")]
    [InlineData("B7", """{"type":99}""")]
    [InlineData("B7", """{"type":"1"}""")]
    [InlineData("B7", """{}""")]
    [InlineData("B7", """{"type":null}""")]
    [InlineData("B7", """{"type":1}""")]
    [InlineData("B7", """{"type":1,"target":null,"arguments":null}""")]
    [InlineData("B7", """{"type":1,"target":"ListSessions","arguments":{}}""")]
    [InlineData("B7", """{"type":2,"invocationId":"nobody","item":{}}""")]
    [InlineData("B7", """{"type":3,"invocationId":"nobody","result":{}}""")]
    [InlineData("B7", """{"type":3,"invocationId":"nobody","result":{},"error":"both"}""")]
    [InlineData("B7", """{"type":4,"invocationId":"1","target":"ListSessions","arguments":[{}]}""")]
    [InlineData("B7", """{"type":5,"invocationId":"nobody"}""")]
    [InlineData("B7", """{"type":5}""")]
    [InlineData("B7", """{"type":7}""")]
    [InlineData("B7", """{"type":7,"error":"you are closed","allowReconnect":true}""")]
    [InlineData("B7", """{"protocol":"json","version":1}""")]
    [InlineData("B7", "")]
    [InlineData("B7", "null")]
    [InlineData("B7", "[]")]
    [InlineData("B7", "{{{")]
    [InlineData("B12", """{"type":01,"target":"ListSessions","arguments":[{}]}""")]
    [InlineData("B4", """{"type":1,"target":"ListSessions","target":"Register","arguments":[{}]}""")]
    [InlineData("B9", """{"type":1,"invocationId":"s","target":"ListSessions","arguments":[{}],"streamIds":["a","b","a"]}""")]
    [InlineData("B9", """{"type":1,"invocationId":"s","target":"ListSessions","arguments":[{}],"streamIds":[null]}""")]
    public async Task A_frame_that_means_nothing_is_passed_over_or_closes_its_connection(string row, string frame)
    {
        row.Should().StartWith("B");
        await using var visitor = await house.Someone();

        await visitor.Connection.Send(frame);

        await house.IsWell(visitor);
    }

    [Fact]
    public async Task B8_two_hundred_calls_in_one_frame_are_answered_in_order()
    {
        await using var visitor = await house.Someone();
        var calls = Enumerable.Range(0, 200).Select(_ => visitor.Connection.Expect()).ToList();

        await visitor.Connection.SendText(string.Concat(calls.Select(call => RawConnection.Frame("ListSessions", call.Id, "{}") + RawConnection.End)));

        (await Task.WhenAll(calls.Select(call => call.Answer))).Should().OnlyContain(answer => new RawAnswer(answer).Outcome == "ok");
        visitor.Connection.Answered.TakeLast(200).Should().Equal(calls.Select(call => call.Id));
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task B9_streams_that_no_method_takes_disturb_nobody()
    {
        await using var visitor = await house.Someone();
        for (var i = 0; i < 2_000; i++)
            await visitor.Connection.Send($$"""{"type":1,"target":"ListSessions","arguments":[{}],"streamIds":["{{i}}"]}""");

        await visitor.Connection.Send("""{"type":2,"invocationId":"7","item":1}""");
        await visitor.Connection.Send("""{"type":3,"invocationId":"7"}""");

        await house.IsWell(visitor);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_close_their_connection()
    {
        await using var visitor = await house.Someone();

        await visitor.Connection.SendBytes([0xff, 0xfe, 0x00, .. Encoding.UTF8.GetBytes("{}\u001e")], System.Net.WebSockets.WebSocketMessageType.Binary);
        await visitor.Connection.SendBytes([0xc3, 0x28, 0x1e]);

        await visitor.Connection.Closed;
        await house.IsWell(visitor);
    }

    private static async Task<string> OutcomeOf(Visitor visitor, Func<Task<string>> call)
    {
        try
        {
            return new RawAnswer(await call()).Outcome;
        }
        catch (IOException)
        {
            await visitor.Connection.Closed;
            return "closed";
        }
    }
}
