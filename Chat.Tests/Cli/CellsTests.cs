using Chat.Cli.FullScreen;

namespace Chat.Tests.Cli;

public sealed class CellsTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("日本語", 6)]
    [InlineData("e\u0301", 1)]
    [InlineData("🎉", 2)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("❤\ufe0f", 2)]
    [InlineData("한", 2)]
    [InlineData("\u200b", 0)]
    [InlineData("ｆ", 2)]
    [InlineData("é│●", 3)]
    public void A_text_takes_its_cells(string text, int cells) => Cells.Of(text).Should().Be(cells);

    [Theory]
    [InlineData("abc", 5, "abc  ")]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("日本", 3, "日 ")]
    public void What_does_not_fit_is_cut_between_letters_and_the_rest_is_blank(string text, int room, string fitting) => Cells.Fit(text, room).Should().Be(fitting);

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two", 7, "one two")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("日本語", 4, "日本|語")]
    [InlineData("a\n\nb", 5, "a||b")]
    [InlineData("one twothree", 6, "one|twothr|ee")]
    public void Rows_are_broken_between_words_where_that_is_possible(string text, int room, string rows) => string.Join('|', Cells.Wrap(text, room)).Should().Be(rows);

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void No_row_is_wider_than_its_room(int room) =>
        Cells.Wrap("Ein längerer Satz, 日本語 mitten drin, 🎉🎉🎉 und einwortdasvielzulangist \n\n e\u0301e\u0301e\u0301", room).Should().OnlyContain(row => Cells.Of(row) <= room);
}
