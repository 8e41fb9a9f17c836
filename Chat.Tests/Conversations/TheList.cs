using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class TheList
{
    [Fact]
    public async Task Has_the_pinned_first_and_then_the_newest_activity()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        List<ConversationId> made = [];
        for (var i = 0; i < 4; i++)
        {
            house.Store.Clock.Advance(TimeSpan.FromMinutes(1));
            made.Add(await house.Conference(alice, "bob", "carol"));
        }
        house.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Say(alice, made[1], "news");
        await house.Settings.Pin(alice, new() { Conversation = made[0], Pinned = true });

        (await house.IdsOf(alice)).Should().Equal(made[0], made[1], made[3], made[2]);
    }

    [Fact]
    public async Task Is_read_page_by_page_without_a_gap_or_a_repeat()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        for (var i = 0; i < 23; i++) await house.OpenConference(alice, $"room{i}"); // all at one moment: the id decides

        List<ConversationId> seen = [];
        string? after = null;
        do
        {
            var page = (await house.List.Read(alice, new() { Limit = 5, After = after })).Value!;
            page.Items.Count.Should().BeLessThanOrEqualTo(5);
            seen.AddRange(page.Items.Select(row => row.ConversationId));
            after = page.Next;
        }
        while (after is not null);

        seen.Should().HaveCount(24).And.OnlyHaveUniqueItems("and the Lobby is among them");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("MXwy")]
    [InlineData("!")]
    public async Task Refuses_a_place_that_it_never_gave(string after)
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");

        (await house.List.Read(alice, new() { After = after })).Refusal!.Field.Should().Be("after");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(int.MinValue)]
    public async Task Refuses_a_page_of_another_size(int limit)
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");

        (await house.List.Read(alice, new() { Limit = limit })).Refusal!.Field.Should().Be("limit");
    }

    [Fact]
    public async Task Leaves_out_what_is_hidden_unless_all_is_asked_for()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var conference = await house.OpenConference(alice, "ops");
        await house.Settings.Hide(alice, new() { Conversation = conference });
        await house.Settings.Hide(alice, new() { Conversation = Lobby.Id });

        (await house.ListOf(alice)).Should().BeEmpty();
        (await house.ListOf(alice, all: true)).Should().HaveCount(2).And.OnlyContain(row => row.Hidden);
    }

    [Fact]
    public async Task Has_no_Lobby_where_it_is_off()
    {
        await using var house = await House.Build(lobby: false);
        var alice = await house.Add("alice");

        (await house.ListOf(alice, all: true)).Should().BeEmpty();
        (await house.List.Get(alice, new() { Conversation = Lobby.Id })).Refusal.Should().Be(Refusal.NoSuchConversation);
    }

    [Fact]
    public async Task Holds_everything_up_to_its_place_in_the_inbox()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.OpenConference(alice, "one");
        await house.OpenConference(alice, "two");

        (await house.List.Read(alice, new())).Value!.InboxSeq.Should().Be(2);
    }

    [Fact]
    public async Task Names_at_most_five_members_a_row_the_caller_among_them()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        string[] names = [.. Enumerable.Range(0, 60).Select(i => $"user{i:00}")];
        foreach (var name in names) await house.Add(name);
        var zoe = await house.Add("zoe");
        var conference = await house.Conference(alice, names);
        await house.Invite(alice, conference, "zoe");

        var row = (await house.ListOf(zoe)).Single(row => row.ConversationId == conference);
        var whole = await house.See(zoe, conference);

        row.MemberCount.Should().Be(62);
        row.Members.Should().HaveCount(5).And.Contain(member => member.Person.User == zoe);
        whole.Members.Should().HaveCount(50).And.Contain(member => member.Person.User == zoe);
        whole.Members[0].Person.User.Should().Be(alice, "the order is that of joining");
    }

    [Fact]
    public async Task The_Lobby_has_everybody()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Deactivate(await house.Add("carol"));

        var lobby = (await house.ListOf(alice)).Single();

        (lobby.Name, lobby.MemberCount, lobby.Role, lobby.FirstSeq).Should().Be(("lobby", 2, Role.Member, 1));
        lobby.Members.Select(member => member.Person.UserName).Should().Equal("alice", "bob");
    }
}
