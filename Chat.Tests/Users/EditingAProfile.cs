using Chat.Contracts;
using Chat.Server.Transcripts;
using Chat.Tests.Support;

namespace Chat.Tests.Users;

public sealed class EditingAProfile
{
    [Fact]
    public async Task What_is_left_out_stays_and_what_is_empty_goes()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");
        await people.Profiles.Edit(alice, new() { Version = 1, About = "I sing.\nLoudly.", TimeZone = "Europe/Berlin", Avatar = "🦊" });

        var answer = await people.Profiles.Edit(alice, new() { Version = 2, DisplayName = " Alice ", TimeZone = "" });

        answer.Value.Should().Match<Profile>(me =>
            me.Version == 3 && me.DisplayName == "Alice" && me.About == "I sing.\nLoudly." && me.TimeZone == null && me.Avatar == "🦊");
    }

    [Fact]
    public async Task The_second_of_two_devices_is_refused_with_the_profile_as_it_is()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");
        await people.Profiles.Edit(alice, new() { Version = 1, About = "first" });

        var answer = await people.Profiles.Edit(alice, new() { Version = 1, DisplayName = "Second", About = "second" });

        answer.Refusal!.Name.Should().Be("staleVersion");
        answer.Refusal.Current.Should().Match<Profile>(me => me.About == "first" && me.DisplayName == "alice" && me.Version == 2);
        (await people.Inbox(alice)).Should().ContainSingle("a refused edit changes nothing");
    }

    [Fact]
    public async Task Of_many_edits_of_one_version_at_once_one_is_made()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => people.Profiles.Edit(alice, new() { Version = 1, About = $"{i}" })));

        answers.Count(answer => answer.Ok).Should().Be(1);
    }

    [Fact]
    public async Task The_own_devices_hear_of_it_in_the_inbox()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        await people.Profiles.Edit(alice, new() { Version = 1, About = "me" });

        (await people.Inbox(alice)).Should().ContainSingle().Which.Should().BeOfType<ProfileEdited>().Which.Version.Should().Be(2);
    }

    [Fact]
    public async Task A_new_display_name_is_known_and_found_and_the_old_one_is_not()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice", "Old Name");
        await people.Database.Read(sql => people.Names.Of(sql, alice));

        await people.Profiles.Edit(alice, new() { Version = 1, DisplayName = "Fresh Name" });

        (await people.Database.Read(sql => people.Names.Of(sql, alice))).DisplayName.Should().Be("Fresh Name");
        (await people.Directory.Search(alice, new() { Text = "fresh" })).Value!.Items.Should().ContainSingle();
        (await people.Directory.Search(alice, new() { Text = "old" })).Value!.Items.Should().BeEmpty();
        (await people.Directory.Search(alice, new() { Text = "alice" })).Value!.Items.Should().ContainSingle();
    }

    [Theory]
    [InlineData("displayName", "\u200B", "invalid")]
    [InlineData("displayName", "a\u0301\u0301\u200D\u0301\u0301\u200D\u0301", "invalid")]
    [InlineData("about", "bell \u0007", "invalid")]
    [InlineData("timeZone", "Mars/Olympus", "invalid")]
    [InlineData("timeZone", "../../etc/passwd", "invalid")]
    [InlineData("timeZone", "europe/berlin", "invalid")]
    [InlineData("timeZone", "W. Europe Standard Time", "invalid")]
    [InlineData("avatar", "\n", "invalid")]
    [InlineData("avatar", "abcdefghijklmnopqrstuvwxyz0123456789", "tooLarge")]
    [InlineData("avatar", "🦊🦊🦊🦊🦊🦊🦊🦊🦊", "tooLarge")]
    public async Task A_field_that_breaks_the_rules_is_named(string field, string text, string refusal)
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        var answer = await people.Profiles.Edit(alice, new()
        {
            Version = 1,
            DisplayName = field == "displayName" ? text : null,
            About = field == "about" ? text : null,
            TimeZone = field == "timeZone" ? text : null,
            Avatar = field == "avatar" ? text : null,
        });

        answer.Refusal.Should().Match<Refusal>(no => no.Name == refusal && no.Field == field);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Asia/Calcutta")]
    [InlineData("Asia/Kolkata")]
    [InlineData("UTC")]
    [InlineData("Etc/GMT+5")]
    public async Task A_time_zone_is_an_IANA_name(string zone)
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        (await people.Profiles.Edit(alice, new() { Version = 1, TimeZone = zone })).Value!.TimeZone.Should().Be(zone);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, "tooLarge")]
    public async Task About_is_counted_in_characters(int length, string? refusal)
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        var answer = await people.Profiles.Edit(alice, new() { Version = 1, About = string.Concat(Enumerable.Repeat("🎈", length)) });

        (answer.Refusal?.Name).Should().Be(refusal);
    }

    [Fact]
    public async Task It_is_told_to_all_who_share_a_conversation_but_the_blocked()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob, carol) = (await people.Register("alice"), await people.Register("bob"), await people.Register("carol"));
        var stranger = await people.Register("stranger");
        await people.Conversation(alice, bob, carol);
        await people.Blocks.Block(alice, new() { UserName = "carol" });

        await people.Profiles.Edit(alice, new() { Version = 1, About = "hello", HidesLastSeen = true });

        people.Audience.HeardBy<Profile>(bob).Should().Equal(new Profile(alice, "alice", "alice", Presence.Offline, 2) { About = "hello" });
        people.Audience.Heard.Where(told => told.What is Profile).Should().OnlyContain(
            told => !told.Users.Contains(carol) && !told.Users.Contains(stranger) && !told.Users.Contains(alice));
    }

    [Fact]
    public async Task With_a_Lobby_it_is_told_to_everybody_but_the_blocked()
    {
        await using var people = await TestPeople.Open(lobby: true);
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob"));
        await people.Blocks.Block(alice, new() { UserName = "bob" });

        await people.Profiles.Edit(alice, new() { Version = 1, About = "hello" });

        people.Audience.Heard.Should().ContainSingle(told => told.What is Profile)
            .Which.Should().Match<RecordingAudience.Told>(told => told.Conversation == Lobby.Id && told.Except.SequenceEqual(new[] { alice, bob }));
    }

    [Fact]
    public async Task Do_not_disturb_is_told_to_others_and_to_the_own_devices()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob"));
        await people.Conversation(alice, bob);

        var answer = await people.Profiles.SetPresence(alice, "1", new() { Choice = PresenceChoice.DoNotDisturb });
        await people.Profiles.SetPresence(alice, "1", new() { Choice = PresenceChoice.DoNotDisturb });

        answer.Value.Should().Match<Profile>(me => me.PresenceChoice == PresenceChoice.DoNotDisturb && me.DoNotDisturb == true);
        people.Audience.HeardBy<Profile>(bob).Should().ContainSingle().Which.DoNotDisturb.Should().BeTrue();
        (await people.Inbox(alice)).Should().ContainSingle().Which.Should().BeOfType<ProfileEdited>();
    }

    [Fact]
    public async Task A_choice_that_does_not_exist_is_refused()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        (await people.Profiles.SetPresence(alice, "1", new() { Choice = (PresenceChoice)7 })).Refusal!.Field.Should().Be("choice");
    }
}
