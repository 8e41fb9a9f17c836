using Chat.Contracts;
using Chat.Server.Messages;

namespace Chat.Tests.Messages;

public sealed class TheEmojiOfAReaction
{
    [Theory]
    [InlineData("\U0001F44D")]
    [InlineData("\U0001F44D\U0001F3FD")]
    [InlineData("\u2764")]
    [InlineData("\u2764\uFE0F")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466")]
    [InlineData("\U0001F1E9\U0001F1EA")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("\u2B50")]
    public void One_emoji_is_taken(string emoji) => EmojiRules.Check(emoji).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("ok")]
    [InlineData("\u00e9")]
    [InlineData("\u6F22")]
    [InlineData(" ")]
    [InlineData("\u200D")]
    [InlineData("\uFE0F")]
    [InlineData("\u20E3")]
    [InlineData("\u0000")]
    [InlineData("\U0001F44D\U0001F44D")]
    [InlineData("\U0001F44Da")]
    [InlineData("a\U0001F44D")]
    [InlineData("\U0001F44D\u0301")]
    public void Anything_else_is_refused(string emoji)
    {
        var refusal = EmojiRules.Check(emoji)!;
        (refusal.Name, refusal.Field).Should().Be(("invalid", "emoji"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => EmojiRules.Check("\uD83D")!.Name.Should().Be("invalid");

    [Fact]
    public void An_endless_emoji_is_too_large() =>
        EmojiRules.Check("\U0001F468" + string.Concat(Enumerable.Repeat("\u200D\U0001F468", 5))).Should().Be(Refusal.TooLarge.Of("emoji"));
}
