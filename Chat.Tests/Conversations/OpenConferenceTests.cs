using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class OpenConferenceTests
{
    [Fact]
    public async Task Whoever_joins_reads_everything_and_may_join_again()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var conference = await house.OpenConference(alice, "ops");
        await house.Say(alice, conference, "long ago");

        await house.Open.Join(bob, new() { Name = "OPS" });
        var joined = await house.Open.Join(bob, new() { Conversation = conference });

        (joined.Value!.FirstSeq, joined.Value.Role, joined.Value.MemberCount).Should().Be((1, Role.Member, 2));
        var entry = (await house.Entries(conference))[^1];
        (entry.Kind, entry.Seq, entry.Author, entry.Parts.Member, entry.Parts.FromSeq).Should().Be((EntryKind.Joined, 3, bob, bob, 1));
    }

    [Fact]
    public async Task Whoever_is_invited_reads_everything_too()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var carol = await house.Add("carol");
        var conference = await house.OpenConference(alice, "ops", "bob");

        await house.Invite(bob, conference, "carol");

        (await house.See(carol, conference)).FirstSeq.Should().Be(1);
    }

    [Fact]
    public async Task Joined_by_twenty_calls_at_once_is_joined_once()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var conference = await house.OpenConference(alice, "ops");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Open.Join(bob, new() { Name = "ops" })));

        (await house.Kinds(conference)).Should().Equal(EntryKind.Started, EntryKind.Joined);
    }

    [Fact]
    public async Task What_is_not_open_cannot_be_joined_not_even_by_its_id()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var dave = await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");

        (await house.Open.Join(dave, new() { Conversation = conference })).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await house.Open.Join(dave, new() { Name = "nothing" })).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await house.Open.Join(dave, new())).Refusal!.Name.Should().Be("invalid");
        (await house.Open.Join(dave, new() { Name = "ops", Conversation = conference })).Refusal!.Name.Should().Be("invalid");
    }

    [Fact]
    public async Task A_full_one_is_refused()
    {
        await using var house = await House.Build(membersPerConference: 2);
        var alice = await house.Add("alice");
        await house.OpenConference(alice, "ops");
        await house.Open.Join(await house.Add("bob"), new() { Name = "ops" });

        (await house.Open.Join(await house.Add("carol"), new() { Name = "ops" })).Refusal!.Name.Should().Be("limitReached");
    }

    [Fact]
    public async Task They_are_listed_by_the_beginning_of_their_names_page_by_page()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        foreach (var name in new[] { "dev", "dev-ops", "dev.net", "devil", "de", "ops" }) await house.OpenConference(alice, name);
        await house.Open.Join(bob, new() { Name = "devil" });

        var first = (await house.Open.List(bob, new() { Text = "DEV", Limit = 3 })).Value!;
        var second = (await house.Open.List(bob, new() { Text = "DEV", Limit = 3, After = first.Next })).Value!;

        first.Items.Select(item => item.Name).Should().Equal("dev", "dev-ops", "dev.net");
        second.Items.Should().ContainSingle().Which.Should().Match<OpenConference>(item => item.Name == "devil" && item.Joined && item.MemberCount == 2);
        second.Next.Should().BeNull();
        (await house.Open.List(bob, new() { Text = "%" })).Value!.Items.Should().BeEmpty();
    }

    [Fact]
    public async Task The_Lobby_is_among_them_where_it_is_on()
    {
        await using var on = await House.Build();
        await using var off = await House.Build(lobby: false);
        var alice = await on.Add("alice");
        await on.Add("bob");
        var carol = await off.Add("carol");

        (await on.Open.List(alice, new())).Value!.Items.Should().ContainSingle()
            .Which.Should().Be(new OpenConference(Lobby.Id, "lobby", null, 2, Joined: true));
        (await on.Open.Join(alice, new() { Name = "lobby" })).Value!.ConversationId.Should().Be(Lobby.Id);
        (await off.Open.List(carol, new())).Value!.Items.Should().BeEmpty();
        (await off.Open.Join(carol, new() { Name = "lobby" })).Refusal.Should().Be(Refusal.NoSuchConversation);
    }
}
