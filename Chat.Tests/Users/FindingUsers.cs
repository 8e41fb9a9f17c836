using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Users;

public sealed class FindingUsers
{
    [Theory]
    [InlineData("bob")]
    [InlineData("BOB")]
    [InlineData("ｂｏｂ")]
    public async Task A_user_is_found_whatever_the_case(string asked)
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob", "Bob the Builder"));

        var found = await people.Directory.Find(alice, new() { UserName = asked });

        found.Value.Should().Be(new Profile(bob, "bob", "Bob the Builder", Presence.Offline, 1));
    }

    [Theory]
    [InlineData("b0b")]
    [InlineData("bo")]
    [InlineData("%")]
    [InlineData("")]
    public async Task Only_the_exact_name_is_found(string asked)
    {
        await using var people = await TestPeople.Open();
        var (alice, _) = (await people.Register("alice"), await people.Register("bob"));

        (await people.Directory.Find(alice, new() { UserName = asked })).Refusal.Should().Be(Refusal.NoSuchUser);
    }

    [Fact]
    public async Task One_finds_oneself_with_what_is_for_oneself_alone()
    {
        await using var people = await TestPeople.Open(administrators: "alice");
        var alice = await people.Register("alice");

        var found = await people.Directory.Get(alice, new() { UserName = "alice" });

        found.Value.Should().Match<Profile>(me =>
            me.PresenceChoice == PresenceChoice.Auto && me.HidesLastSeen == false && me.Administrator == true);
    }

    [Fact]
    public async Task Of_others_nothing_is_told_that_is_for_themselves()
    {
        await using var people = await TestPeople.Open(administrators: "bob");
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob"));
        await people.Profiles.SetPresence(bob, "1", new() { Choice = PresenceChoice.Invisible });

        var found = await people.Directory.Get(alice, new() { UserName = "bob" });

        found.Value.Should().Be(new Profile(bob, "bob", "bob", Presence.Offline, 1));
    }

    [Fact]
    public async Task Who_blocked_the_caller_is_not_found()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob"));
        await people.Blocks.Block(bob, new() { UserName = "alice" });

        (await people.Directory.Find(alice, new() { UserName = "bob" })).Refusal.Should().Be(Refusal.NoSuchUser);
        (await Search(people, alice, "bob")).Should().BeEmpty();
        (await people.Directory.Find(bob, new() { UserName = "alice" })).Ok.Should().BeTrue("the blocker still finds the blocked");
    }

    [Fact]
    public async Task Who_is_deactivated_is_not_found()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob"));
        await people.Database.Write(sql => sql.Change("UPDATE chat_user SET deactivated_at = 1 WHERE id = @bob", ("bob", bob)));

        (await people.Directory.Find(alice, new() { UserName = "bob" })).Refusal.Should().Be(Refusal.NoSuchUser);
        (await Search(people, alice, "bob")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("ann", "anna")]
    [InlineData("kar", "anna")]
    [InlineData("ANNA KAR", "anna")]
    [InlineData("anna  kar", "anna")]
    [InlineData("rené", "rene1")]
    [InlineData("RENE", "rene1")]
    [InlineData("o'ne", "oneil")]
    [InlineData("neil", "oneil")]
    [InlineData("太郎", "taro")]
    [InlineData("山田", "taro")]
    [InlineData("花子", "hanako")]
    [InlineData("🎉 pa", "party")]
    [InlineData("part", "party")]
    [InlineData("100%", "percent")]
    [InlineData("x_y", "under")]
    public async Task A_search_finds_the_beginning_of_a_name_or_of_a_word(string text, string found)
    {
        await using var people = await TestPeople.Open();
        var caller = await people.Register("caller");
        await Town(people);

        (await Search(people, caller, text)).Should().Equal(found);
    }

    [Theory]
    [InlineData("%%")]
    [InlineData("an%")]
    [InlineData("_nna")]
    [InlineData("x%y")]
    [InlineData("nna")]
    [InlineData("an*")]
    [InlineData("\" OR 1=1 --")]
    [InlineData("')) --")]
    public async Task What_looks_like_a_pattern_is_text(string text)
    {
        await using var people = await TestPeople.Open();
        var caller = await people.Register("caller");
        await Town(people);

        (await Search(people, caller, text)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", null, null, "text")]
    [InlineData("a", null, null, "text")]
    [InlineData(" a ", null, null, "text")]
    [InlineData("a\0b", null, null, "text")]
    [InlineData("ann", 0, null, "limit")]
    [InlineData("ann", 21, null, "limit")]
    [InlineData("ann", 5, "' OR 1", "after")]
    public async Task A_search_that_makes_no_sense_is_refused(string text, int? limit, string? after, string field)
    {
        await using var people = await TestPeople.Open();
        var caller = await people.Register("caller");

        var answer = await people.Directory.Search(caller, new() { Text = text, Limit = limit, After = after });

        answer.Refusal.Should().Match<Refusal>(refusal => refusal.Name == "invalid" && refusal.Field == field);
    }

    [Fact]
    public async Task A_search_for_half_a_character_is_refused()
    {
        await using var people = await TestPeople.Open();
        var caller = await people.Register("caller");

        (await people.Directory.Search(caller, new() { Text = "ab\uD800" })).Refusal.Should().Be(Refusal.Invalid.Of("text"));
        (await people.Directory.Find(caller, new() { UserName = "ab\uD800" })).Refusal.Should().Be(Refusal.NoSuchUser);
    }

    [Fact]
    public async Task Pages_stay_in_place_while_people_register()
    {
        await using var people = await TestPeople.Open();
        var caller = await people.Register("caller");
        for (var i = 10; i < 55; i++) await people.Register($"x{i}", "Sam Smith");
        List<string> seen = [];
        string? after = null;

        do
        {
            var page = (await people.Directory.Search(caller, new() { Text = "smi", After = after })).Value!;
            page.Items.Count.Should().BeLessThanOrEqualTo(20);
            seen.AddRange(page.Items.Select(profile => profile.UserName));
            await people.Register($"a{seen.Count}", "Sam Smith"); // sorts before every page to come
            after = page.Next;
        }
        while (after is not null);

        seen.Should().Equal(Enumerable.Range(10, 45).Select(i => $"x{i}"));
    }

    [Fact]
    public async Task Against_harvesting_only_whole_names_are_found()
    {
        await using var people = await TestPeople.Open(options: new() { SearchByBeginning = false });
        var caller = await people.Register("caller");
        await Town(people);

        (await Search(people, caller, "ann")).Should().BeEmpty();
        (await Search(people, caller, "anna")).Should().Equal("anna");
    }

    private static async Task Town(TestPeople people)
    {
        await people.Register("anna", "Anna Karenina");
        await people.Register("rene1", "René");
        await people.Register("oneil", "Shaun O'Neil");
        await people.Register("taro", "山田 太郎");
        await people.Register("hanako", "花子さん");
        await people.Register("party", "🎉 Party!");
        await people.Register("percent", "100% me");
        await people.Register("under", "x_y z");
    }

    private static async Task<IEnumerable<string>> Search(TestPeople people, UserId caller, string text) =>
        (await people.Directory.Search(caller, new() { Text = text })).Value!.Items.Select(profile => profile.UserName);
}
