using System.Diagnostics;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Conversations;

/// <summary>The list of somebody who is in 5,000 conversations. How long a page of it takes is printed: it should be at most 20 ms.</summary>
public sealed class AListOfThousands(ITestOutputHelper output)
{
    private const int Conversations = 5_000;
    private const int WarmUps = 50; // until everything is compiled, and the statements are prepared
    private const int Reads = 200;

    [Fact]
    public async Task Has_a_first_page_as_one_of_fifty_has()
    {
        await using var house = await House.Build();
        List<UserId> people = [];
        foreach (var name in new[] { "alice", "bob", "carol", "dave" }) people.Add(await house.Add(name));
        await Plenty.Conferences(house.Store.Database, Conversations, messages: 8, [.. people]);
        if (TestStorage.Usual == StorageOptions.Postgres) await house.Run("ANALYZE"); // as its autovacuum would have done within a minute
        var alice = people[0];
        for (var pinned = 1; pinned <= 3; pinned++) await house.Settings.Pin(alice, new() { Conversation = new($"c{pinned}"), Pinned = true });

        List<double> times = [];
        ConversationPage page = null!;
        for (var i = -WarmUps; i < Reads; i++)
        {
            var began = Stopwatch.GetTimestamp();
            page = (await house.List.Read(alice, new())).Value!;
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"First page of {Conversations} conversations on {TestStorage.Usual}: median {times[Reads / 2]:0.0} ms, p99 {times[Reads * 99 / 100]:0.0} ms, slowest {times[^1]:0.0} ms.");
        page.Items.Select(row => row.ConversationId.Value).Should().Equal(
            new[] { "c3", "c2", "c1" }.Concat(Enumerable.Range(0, 47).Select(i => $"c{Conversations - i}")));
        page.Items.Should().OnlyContain(row => row.Unread == 8 && row.Members.Count == 4 && row.LastMessage!.Seq == 9);
        page.Next.Should().NotBeNull();
    }
}
