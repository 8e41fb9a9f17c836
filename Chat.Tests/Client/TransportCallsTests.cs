using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Client;

/// <summary>Every way of SignalR to speak, over the transport, with a real server.</summary>
public sealed class TransportCallsTests
{
    private static readonly string Megabyte = new('m', 1 << 20);

    [Fact]
    public async Task An_invocation_is_answered()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();

        (await connection.InvokeAsync<string>("Echo", "grüß dich").Soon()).Should().Be("grüß dich");
    }

    [Fact]
    public async Task A_call_without_an_answer_arrives()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        var noted = connection.Hears("Noted");

        await connection.SendAsync("Note", "milk").Soon();

        (await noted.Soon()).Should().Be("milk");
    }

    [Fact]
    public async Task A_thousand_calls_at_once_are_each_answered_with_their_own()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        var texts = Enumerable.Range(0, 1000).Select(number => $"text {number}").ToArray();

        var answers = await Task.WhenAll(texts.Select(text => connection.InvokeAsync<string>("Echo", text))).Soon();

        answers.Should().Equal(texts);
    }

    [Fact]
    public async Task What_is_sent_to_a_group_reaches_its_other_members()
    {
        await using var server = await TransportServer.Start();
        var alice = await server.Connect();
        var bob = await server.Connect();
        var told = bob.Hears("Told");
        await bob.InvokeAsync("Join", "garden").Soon();

        await alice.SendAsync("Tell", "garden", "the roses are out").Soon();

        (await told.Soon()).Should().Be("the roses are out");
    }

    [Fact]
    public async Task A_stream_from_the_server_is_read_to_its_end()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();

        var numbers = await connection.StreamAsync<int>("Count", 10_000).ToListAsync().Soon();

        numbers.Should().Equal(Enumerable.Range(1, 10_000));
    }

    [Fact]
    public async Task A_stream_from_the_server_can_be_left_and_the_connection_goes_on()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();

        (await connection.StreamAsync<int>("Count", int.MaxValue).Take(3).ToListAsync().Soon()).Should().Equal(1, 2, 3);

        (await connection.InvokeAsync<string>("Echo", "still here").Soon()).Should().Be("still here");
    }

    [Fact]
    public async Task A_stream_to_the_server_is_read_to_its_end()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();

        (await connection.InvokeAsync<int>("Sum", Enumerable.Range(1, 1000).ToAsyncEnumerable()).Soon()).Should().Be(500_500);
    }

    [Fact]
    public async Task Streams_run_both_ways_at_once()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();

        var shouted = await connection.StreamAsync<string>("Shout", new[] { "one", "two", "three" }.ToAsyncEnumerable()).ToListAsync().Soon();

        shouted.Should().Equal("ONE", "TWO", "THREE");
    }

    [Fact]
    public async Task The_server_may_ask_the_client()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        connection.On<string, string>("Answer", question => $"{question} Yes.");

        (await connection.InvokeAsync<string>("AskBack", "Really?").Soon()).Should().Be("You said: Really? Yes.");
    }

    [Fact]
    public async Task A_megabyte_travels_both_ways()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();

        var echoed = await connection.InvokeAsync<string>("Echo", Megabyte).Soon();

        echoed.Should().HaveLength(Megabyte.Length).And.Match(text => text == Megabyte);
    }

    [Fact]
    public async Task Megabytes_and_small_calls_at_once_do_not_mix()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        var texts = Enumerable.Range(0, 40).Select(number => number % 5 == 0 ? Megabyte + number : $"{number}").ToArray();

        var answers = await Task.WhenAll(texts.Select(text => connection.InvokeAsync<string>("Echo", text))).Soon();

        answers.SequenceEqual(texts).Should().BeTrue();
    }
}
