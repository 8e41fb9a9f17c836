namespace Chat.Cli.FullScreen;

/// <summary>Reads keys, one after another, on a thread of its own; and tells typing from pasting.</summary>
internal sealed class Keyboard(Action<ConsoleKeyInfo> pressed, Action<char> pasted)
{
    private bool _isPasting;

    // What has come of a mark so far; null outside of one.
    private string? _mark;

    /// <summary>From here on Ctrl-C is a key as any other.</summary>
    public void Listen()
    {
        Console.TreatControlCAsInput = true;
        new Thread(Read) { IsBackground = true }.Start();
    }

    private void Read()
    {
        try
        {
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                if (IsMark(key)) continue;
                if (!_isPasting) pressed(key);
                else if (key.Key == ConsoleKey.Enter) pasted('\n');
                else if (key.KeyChar != '\0') pasted(key.KeyChar);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            pressed(new('\u0004', ConsoleKey.D, shift: false, alt: false, control: true)); // the terminal is gone, as if it said so
        }
    }

    // ESC [ 200 ~ comes before what is pasted and ESC [ 201 ~ after it. The runtime does not know them, and hands them over in pieces: first ESC,
    // or with the next one as Alt-[.
    private bool IsMark(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Escape) _mark = "\e";
        else if (key.KeyChar == '[' && (_mark == "\e" || key.Modifiers == ConsoleModifiers.Alt)) _mark = "\e[";
        else if (_mark?.Length > 1 && key.KeyChar is (>= '0' and <= '9') or '~') _mark += key.KeyChar;
        else _mark = null;

        if (_mark is not ("\e[200~" or "\e[201~")) return _mark?.Length > 1;
        _isPasting = _mark == "\e[200~";
        _mark = null;
        return true;
    }
}
