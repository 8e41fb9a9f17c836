using Chat.Contracts;

namespace Chat.Tests.Safety;

/// <summary>H: looking for people, and saying things of oneself.</summary>
public sealed class Lookups(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("*")]
    [InlineData("%")]
    [InlineData("  ")]
    [InlineData("a\0")]
    public async Task H1_a_search_needs_two_letters(string text)
    {
        await using var visitor = await house.Someone();

        (await visitor.Ask(new SearchUsers { Text = text })).Outcome.Should().Be("invalid");
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("%%")]
    [InlineData("__")]
    [InlineData("a*")]
    [InlineData("\"\"")]
    [InlineData("NEAR(a b)")]
    [InlineData("' OR '1'='1")]
    public async Task H1_what_a_search_looks_for_is_text(string text)
    {
        await using var visitor = await house.Someone();

        (await visitor.Get<ProfilePage>(new SearchUsers { Text = text })).Items.Should().BeEmpty();
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Limits.PageOfUsers + 1)]
    [InlineData(int.MaxValue)]
    public async Task H1_a_page_has_at_most_twenty(int limit)
    {
        await using var visitor = await house.Someone();

        (await visitor.Ask(new SearchUsers { Text = "guest", Limit = limit })).Outcome.Should().Be("invalid");
    }

    [Fact]
    public async Task H1_whoever_pages_through_everybody_soon_has_to_wait()
    {
        await using House limited = new Strict();
        await limited.InitializeAsync();
        await using var visitor = await limited.Someone();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => visitor.Ask(new SearchUsers { Text = "healthy" })));

        answers.Count(answer => answer.Outcome == "ok").Should().BeInRange(15, 18);
        answers.Where(answer => answer.Outcome != "ok").Should().OnlyContain(answer => answer.Outcome == "rateLimited" && answer.Refusal.GetProperty("retryAfterMs").GetInt64() > 0);
        await limited.IsWell(visitor);
    }

    [Fact]
    public async Task H2_whoever_blocked_one_is_not_found_and_whoever_one_blocked_is()
    {
        await using var blocker = await house.Someone();
        await using var blocked = await house.Someone();
        await blocker.Do(new BlockUser { UserName = blocked.Name });

        (await blocked.Ask(new FindUser { UserName = blocker.Name })).Text.Replace(blocker.Name, "?", StringComparison.Ordinal).Should().Contain("noSuchUser");
        (await blocked.Get<ProfilePage>(new SearchUsers { Text = blocker.Name })).Items.Should().BeEmpty();
        (await blocker.Ask(new FindUser { UserName = blocked.Name })).Outcome.Should().Be("ok");
        await house.IsWell(blocked);
    }

    [Theory]
    [InlineData("about", 501, "tooLarge")]
    [InlineData("about", 100_000, "tooLarge")]
    [InlineData("displayName", 65, "tooLarge")]
    [InlineData("displayName", 100_000, "tooLarge")]
    [InlineData("avatar", 33, "tooLarge")]
    [InlineData("timeZone", 65, "invalid")]
    [InlineData("timeZone", 100_000, "invalid")]
    public async Task H3_fields_are_short(string field, int length, string outcome)
    {
        await using var visitor = await house.Someone();

        Support.RawAnswer answer = new(await visitor.Connection.CallRaw("EditProfile", $"{{\"version\":1,\"{field}\":\"{new string('x', length)}\"}}"));

        answer.Outcome.Should().Be(outcome);
        answer.Field.Should().Be(field);
        (await visitor.Get<Profile>(new GetProfile { UserName = visitor.Name })).Version.Should().Be(1);
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("\"avatar\":\"javascript:alert(1)\"", "ok")] // a few letters: nobody takes them for an address
    [InlineData("\"timeZone\":\"../../etc/passwd\"", "invalid")]
    [InlineData("\"userName\":\"alice.healthy\",\"administrator\":true,\"user\":\"u1\"", "ok")]
    public async Task H3_fields_are_what_they_are(string fields, string outcome)
    {
        await using var visitor = await house.Someone();

        new Support.RawAnswer(await visitor.Connection.CallRaw("EditProfile", $"{{\"version\":1,{fields}}}")).Outcome.Should().Be(outcome);

        var me = await visitor.Get<Profile>(new GetProfile { UserName = visitor.Name });
        me.Administrator.Should().BeFalse();
        me.User.Should().Be(visitor.User);
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task H4_last_seen_that_is_hidden_is_nowhere()
    {
        var (owner, member, conference) = await house.Conference();
        await owner.Do(new EditProfile { Version = 1, HidesLastSeen = true });
        await owner.Do(new SetPresence { Choice = PresenceChoice.Invisible });

        foreach (object look in new object[]
        {
            new GetProfile { UserName = owner.Name }, new SearchUsers { Text = owner.Name }, new ListMembers { Conversation = conference },
            new GetConversation { Conversation = conference }, new ListConversations(),
        })
        {
            var told = (await member.Ask(look)).Text;
            var his = told[told.IndexOf(owner.Name, StringComparison.Ordinal)..];
            his[..his.IndexOf('}', his.IndexOf('}', StringComparison.Ordinal) + 1)].Should().NotContain("lastSeen").And.NotContain("hidesLastSeen").And.NotContain("presenceChoice").And.NotContain("invisible");
        }
        member.Connection.Events.Should().NotContain(heard => heard.Argument.Contains("presenceChoice", StringComparison.Ordinal) || heard.Argument.Contains("hidesLastSeen", StringComparison.Ordinal));
        await owner.DisposeAsync();
        await member.DisposeAsync();
    }

    [Fact]
    public async Task H5_of_two_edits_at_once_one_is_refused_with_what_the_other_made()
    {
        await using var phone = await house.Someone();
        await using var laptop = await Visitor.LogIn(house.Server, phone.Name);

        var answers = await Task.WhenAll(
            phone.Ask(new EditProfile { Version = 1, DisplayName = "Phone", About = "by phone" }),
            laptop.Ask(new EditProfile { Version = 1, DisplayName = "Laptop", About = "by laptop" }));

        var stale = answers.Single(answer => answer.Outcome == "staleVersion").Refusal.GetProperty("current");
        var now = answers.Single(answer => answer.Outcome == "ok").As<Profile>();
        stale.GetProperty("displayName").GetString().Should().Be(now.DisplayName);
        stale.GetProperty("about").GetString().Should().Be($"by {now.DisplayName}".ToLowerInvariant());
        await house.IsWell(phone);
    }
}
