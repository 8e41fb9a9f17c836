using Chat.Contracts;

namespace Chat.Tests.Safety;

/// <summary>F: what may be said, over the wire and back. What may is kept to the letter.</summary>
public sealed class Texts(House house) : IClassFixture<House>
{
    private const string Family = "👨‍👩‍👧‍👦";

    public static TheoryData<string, string, string> All => new()
    {
        { "F1", "", "textEmpty" },
        { "F1", " \t\n ", "textEmpty" },
        { "F1", "\u200b\u2060\ufeff", "textEmpty" },
        { "F1", "\u115f\u3164", "textEmpty" },
        { "F2", new('x', Limits.TextLength), "ok" },
        { "F2", new('x', Limits.TextLength + 1), "tooLarge" },
        { "F2", new('"', Limits.TextLength), "ok" },
        { "F2", new string('\n', Limits.TextLength - 1) + "x", "ok" },
        { "F2", string.Concat(Enumerable.Repeat(Family, Limits.TextLength / 25)), "ok" },
        { "F2", string.Concat(Enumerable.Repeat(Family, (Limits.TextLength / 25) + 1)), "tooLarge" },
        { "F4", "a\0b", "invalid" },
        { "F4", "a\u0001b", "invalid" },
        { "F4", "a\u001fb", "invalid" },
        { "F4", "a\u007fb", "invalid" },
        { "F4", "a\u0085b", "invalid" },
        { "F4", "a\rb", "invalid" },
        { "F4", "a\ufffeb", "invalid" },
        { "F4", "a\uffffb", "invalid" },
        { "F4", "two\nlines\tand a tab", "ok" },
        { "F5", "user\u202egnp.exe", "ok" },
        { "F5", "\u2066unbalanced", "ok" },
        { "F6", $"a{new string('\u0301', 8)}", "ok" },
        { "F6", $"a{new string('\u0301', 500)}", "invalid" },
        { "F8", "<script>alert(1)</script><img src=x onerror=alert(1)>", "ok" },
        { "F8", "[x](javascript:alert(1)) data:text/html,x", "ok" },
        { "F9", new('*', 5_000), "ok" },
        { "F9", new('[', 10_000), "ok" },
        { "F10", "జ్ఞ‌ా لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗", "ok" },
        { "F11", "\u001b]0;owned\u0007\u001b[2J", "invalid" },
        { "F13", "% _ \" NEAR * a* b* ' -- ;", "ok" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_is_said_comes_back_as_it_was_or_is_refused(string row, string text, string outcome)
    {
        row.Should().StartWith("F");
        await using var visitor = await house.Someone();
        var notebook = await visitor.ChatWith(visitor.Name);

        var answer = await visitor.Ask(new SendMessage { Conversation = notebook, ClientMessageId = Visitor.Draft(), Text = text });

        answer.Outcome.Should().Be(outcome);
        var page = await visitor.Get<TranscriptPage>(new ReadTranscript { Conversation = notebook });
        page.Entries.OfType<Message>().Select(message => message.Text).Should().Equal(outcome == "ok" ? [text] : []);
        await house.IsWell();
    }

    [Theory]
    [InlineData("F5", "exe\u202efdp.", "invalid")]
    [InlineData("F5", "\u2067turned", "invalid")]
    [InlineData("F6", "Zo\u0308\u0308\u0308\u0308e", "invalid")]
    [InlineData("F4", "a\0b", "invalid")]
    [InlineData("F1", "\u200b\u3164", "invalid")]
    [InlineData("G11", "", "ok")]
    [InlineData("F8", "<svg onload=alert(1)>", "ok")]
    [InlineData("F12", "\r\n2026-01-01 INFO admin logged in", "invalid")]
    public async Task A_title_is_a_name(string row, string title, string outcome)
    {
        row.Should().NotBeEmpty();
        var (owner, member, conference) = await house.Conference();

        (await owner.Ask(new RenameConference { Conversation = conference, Title = title })).Outcome.Should().Be(outcome);
        (await owner.Ask(new EditProfile { Version = 1, DisplayName = title })).Outcome.Should().Be(title.Length == 0 ? "invalid" : outcome);

        await owner.DisposeAsync();
        await member.DisposeAsync();
        await house.IsWell();
    }

    [Theory]
    [InlineData("rnicrosoft", "microsoft")]
    [InlineData("b0bby", "bobby")]
    [InlineData("pau1", "paul")]
    [InlineData("a.n.n", "ann")]
    [InlineData("ＣＡＲＯＬ", "carol")]
    public async Task F7_names_that_look_alike_are_one(string likeness, string name)
    {
        await using var first = await Visitor.Register(house.Server, name);

        (await Register(likeness)).Outcome.Should().Be("userNameTaken");
        await house.IsWell();
    }

    [Theory]
    [InlineData("раul")] // Cyrillic
    [InlineData("αlpha")]
    [InlineData("straße")]
    [InlineData("Ali\u0307")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("<b>")]
    [InlineData("a\0b")]
    public async Task F7_other_letters_are_none_of_a_user_name(string name)
    {
        (await Register(name)).Outcome.Should().Be("invalid");
        await house.IsWell();
    }

    private async Task<Support.RawAnswer> Register(string name)
    {
        await using var stranger = await Support.RawConnection.Open(house.Server.Url);
        return await stranger.Ask(new Register { UserName = name, Password = Visitor.Password });
    }
}
