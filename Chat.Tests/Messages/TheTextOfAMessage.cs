using Chat.Contracts;
using Chat.Server.Messages;

namespace Chat.Tests.Messages;

public sealed class TheTextOfAMessage
{
    private static readonly string Family = char.ConvertFromUtf32(0x1F468) + "\u200D" + char.ConvertFromUtf32(0x1F469) + "\u200D" + char.ConvertFromUtf32(0x1F467);

    public static TheoryData<string> Kept => new()
    {
        "a",
        " hello ",
        "two\nlines\tand a tab",
        new string('a', Limits.TextLength),
        new string('"', Limits.TextLength),
        string.Concat(Enumerable.Repeat(Family, Limits.TextLength / 18)),
        "a" + new string('\u0301', 8),
        "\u202Eexe.fdp",
        "\u2066unbalanced",
        "e\u0301 stays as it was typed",
        "\u200Bx\u200B",
        char.ConvertFromUtf32(0x1F600),
        "\u0E01\u0E33\u0E49",
        "<script>alert(1)</script>",
        "\u0600",
    };

    public static TheoryData<string> Empty => new()
    {
        "", " ", "\n\t \u3000\u00A0", "\u200B", "\u2060", "\uFEFF", "\u115F", "\u1160", "\u3164", "\uFFA0", "\u00AD", "\uFE0F", "\u200D\u200E\u200F",
        "\u2061\u2062\u2063\u2064", "\u202E\u202C", "\u2800", char.ConvertFromUtf32(0xE0101), char.ConvertFromUtf32(0xE0041), " \u200B \uFEFF ",
    };

    public static TheoryData<string> Malformed
    {
        get
        {
            TheoryData<string> texts = new() { "a\uFFFEb", "a\uFFFFb", "a\u007Fb", "a\u0080b", "a\u009Fb", "a" + new string('\u0301', 9), "a" + new string('\u0301', 500) };
            foreach (var control in Enumerable.Range(0, 32).Select(code => (char)code).Where(code => code is not ('\n' or '\t'))) texts.Add($"a{control}b");
            texts.Add("a" + string.Concat(Enumerable.Repeat("\u0301\u0301\u0301\u200D", 3)));
            return texts;
        }
    }

    [Theory, MemberData(nameof(Kept))]
    public void What_can_be_shown_is_taken(string text) => TextRules.Check(text).Should().BeNull();

    [Theory, MemberData(nameof(Empty))]
    public void What_nobody_could_see_is_empty(string text) => TextRules.Check(text).Should().Be(Refusal.TextEmpty);

    [Theory, MemberData(nameof(Malformed))]
    public void What_cannot_be_shown_is_refused(string text)
    {
        var refusal = TextRules.Check(text)!;
        (refusal.Name, refusal.Field).Should().Be(("invalid", "text"));
    }

    // Not rows of a table: a test's name cannot hold half a surrogate pair.
    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        new[] { "\uD800", "a\uDC00", "\uDC00\uD800", "a\uD83Db" }.Should().AllSatisfy(text => TextRules.Check(text)!.Name.Should().Be("invalid"));

    [Theory]
    [InlineData("a", Limits.TextLength + 1)]
    [InlineData("\u00e9", (Limits.TextLength / 2) + 1)]
    [InlineData("\U0001F600", (Limits.TextLength / 4) + 1)]
    [InlineData("a", 1_000_000)]
    public void A_byte_too_many_is_too_large(string letter, int count) =>
        TextRules.Check(string.Concat(Enumerable.Repeat(letter, count))).Should().Be(Refusal.TooLarge.Of("text"));

    [Fact]
    public async Task A_text_is_stored_as_it_was_given()
    {
        await using var talk = await TestTalk.Open();
        var ann = await talk.User("ann");
        var plans = await talk.Conference(ann);
        const string text = " e\u0301\u202E \u200Bx\n\t\U0001F600\u2028 ";

        var seq = await talk.Sent(ann, plans, text);

        (await talk.ReadBack(ann, plans, seq)).Text.Should().Be(text);
    }
}
