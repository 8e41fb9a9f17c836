using System.Text;
using Chat.Cli.FullScreen;

namespace Chat.Tests.Cli;

public sealed class KeyboardTests
{
    private readonly StringBuilder _pressed = new();
    private readonly StringBuilder _pasted = new();
    private readonly Keyboard _keyboard;

    public KeyboardTests() => _keyboard = new(key => _pressed.Append(key.KeyChar), c => _pasted.Append(c), () => { });

    [Theory]
    [InlineData("\e[42] done")]
    [InlineData("\e[2001")]
    [InlineData("\e[20\e[x")]
    [InlineData("[200~")]
    [InlineData("\e\e")]
    public void What_is_no_mark_is_pressed_key_by_key(string typed)
    {
        Type(typed);

        _pressed.ToString().Should().Be(typed);
        _pasted.Length.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_comes_between_the_marks_is_pasted(bool asAlt)
    {
        Type("a");
        Mark("200~", asAlt);
        Type("[42]\tb");
        Mark("201~", asAlt);
        Type("c");

        // An ESC by itself waits for nothing, and whoever gets it passes over it.
        _pasted.Replace("\e", "").ToString().Should().Be("[42]\tb");
        _pressed.Replace("\e", "").ToString().Should().Be("ac");
    }

    private void Mark(string rest, bool asAlt)
    {
        if (asAlt) _keyboard.Take(new('[', ConsoleKey.None, shift: false, alt: true, control: false));
        else Type("\e[");
        Type(rest);
    }

    private void Type(string text)
    {
        foreach (var c in text) _keyboard.Take(new(c, c == '\e' ? ConsoleKey.Escape : ConsoleKey.None, shift: false, alt: false, control: false));
    }
}
