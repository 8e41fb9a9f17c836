using Chat.Server.Conversations;

namespace Chat.Tests.Conversations;

public sealed class ConferenceNamesTests
{
    [Theory]
    [InlineData("Plans", "Plans")]
    [InlineData("  Plans ", "Plans")]
    [InlineData("Pläne für 会議 🙂", "Pläne für 会議 🙂")]
    [InlineData("<script>", "<script>")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void A_title_is_free_text_trimmed(string? asked, string? title)
    {
        ConferenceNames.CheckTitle(asked, out var found).Should().BeNull();
        found.Should().Be(title);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("nul\0")]
    [InlineData("bell\a!")]
    [InlineData("line\u2028separator")]
    [InlineData("\u202Etxt.exe")]
    [InlineData("a\u2066b")]
    [InlineData("\u200B\u200B")]
    public void Control_bidi_and_invisible_titles_are_refused(string asked) =>
        ConferenceNames.CheckTitle(asked, out _)!.Name.Should().Be("invalid");

    [Fact]
    public void A_lone_surrogate_is_refused() => ConferenceNames.CheckTitle("a\uD83Db", out _)!.Name.Should().Be("invalid");

    [Fact]
    public void A_title_is_measured_in_code_points()
    {
        ConferenceNames.CheckTitle(string.Concat(Enumerable.Repeat("🙂", 100)), out _).Should().BeNull();
        ConferenceNames.CheckTitle(new string('x', 101), out _)!.Name.Should().Be("tooLarge");
    }

    [Theory]
    [InlineData("ops", "ops")]
    [InlineData("OPS", "ops")]
    [InlineData("ｏｐｓ-１", "ops-1")]
    [InlineData("0.a_b-c", "0.a_b-c")]
    [InlineData("\u212Aelvin", "kelvin")]
    [InlineData("12345678901234567890123456789012", "12345678901234567890123456789012")]
    public void An_open_name_is_folded(string asked, string name)
    {
        ConferenceNames.CheckOpenName(asked, out var found).Should().BeNull();
        found.Should().Be(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("#ops")]
    [InlineData("-ops")]
    [InlineData("o ps")]
    [InlineData("öps")]
    [InlineData("../x")]
    [InlineData("123456789012345678901234567890123")]
    public void What_is_not_shaped_like_a_name_is_refused(string asked) =>
        ConferenceNames.CheckOpenName(asked, out _)!.Name.Should().Be("invalid");

    [Theory]
    [InlineData("lobby")]
    [InlineData("L0bby")]
    [InlineData("1obby")]
    [InlineData("lob-by")]
    public void What_looks_like_the_Lobby_is_taken(string asked) => ConferenceNames.CheckOpenName(asked, out _)!.Name.Should().Be("nameTaken");
}
