using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class OwnSettingsTests
{
    [Fact]
    public async Task Ones_own_devices_are_told_of_changes_and_of_nothing_else()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var conference = await house.OpenConference(alice, "ops", "bob");

        foreach (var _ in new[] { 1, 2 })
        {
            await house.Settings.Pin(bob, new() { Conversation = conference, Pinned = true });
            await house.Settings.Mute(bob, new() { Conversation = conference, Muted = true });
            await house.Settings.Hide(bob, new() { Conversation = conference });
        }

        (await house.InboxOf(bob)).OfType<ConversationChanged>().Select(changed => (changed.Pinned, changed.Muted, changed.Hidden))
            .Should().Equal((true, false, false), (true, true, false), (true, true, true));
        (await house.See(bob, conference)).Should().Match<Conversation>(seen => seen.Pinned && seen.Muted && seen.Hidden);
        (await house.See(alice, conference)).Should().Match<Conversation>(seen => !seen.Pinned && !seen.Muted && !seen.Hidden);
        (await house.Kinds(conference)).Should().Equal([EntryKind.Started], "nobody else is told");
    }

    [Fact]
    public async Task The_Lobby_is_muted_and_hidden_even_by_whoever_has_no_row_there()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Run("DELETE FROM member");

        (await house.Settings.Mute(alice, new() { Conversation = Lobby.Id, Muted = true })).Ok.Should().BeTrue();
        (await house.Settings.Hide(alice, new() { Conversation = Lobby.Id })).Ok.Should().BeTrue();

        (await house.See(alice, Lobby.Id)).Should().Match<Conversation>(seen => seen.Muted && seen.Hidden);
        (await house.InboxOf(alice)).Should().HaveCount(2);
    }
}
