using System.Text;
using Chat.Cli.Printing;

namespace Chat.Cli.FullScreen;

/// <summary>The row in which one types. It moves and deletes by letters as people see them, not by characters.</summary>
internal sealed class Composer
{
    private readonly List<string> _letters = [];
    private int _cursor;

    // The first half of a pair waits here for the second: keys come one character at a time.
    private char _half;

    public string Text => string.Concat(_letters);

    public bool IsEmpty => _letters.Count == 0;

    public void Set(string text)
    {
        _letters.Clear();
        _letters.AddRange(Cells.Letters(text));
        _cursor = _letters.Count;
    }

    public void Insert(char c)
    {
        if (char.IsHighSurrogate(c))
        {
            _half = c;
            return;
        }
        var added = char.IsLowSurrogate(c) ? $"{_half}{c}" : c.ToString();
        var before = string.Concat(_letters.Take(_cursor)) + added;
        var after = _letters.Skip(_cursor).ToList();
        // A mark joins the letter before it.
        Set(before);
        _letters.AddRange(after);
    }

    /// <returns>Whether the key was one for editing.</returns>
    public bool Edit(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Backspace when _cursor > 0: _letters.RemoveAt(--_cursor); break;
            case ConsoleKey.Backspace: break;
            case ConsoleKey.Delete when _cursor < _letters.Count: _letters.RemoveAt(_cursor); break;
            case ConsoleKey.LeftArrow: _cursor = Math.Max(0, _cursor - 1); break;
            case ConsoleKey.RightArrow: _cursor = Math.Min(_letters.Count, _cursor + 1); break;
            case ConsoleKey.Home or ConsoleKey.A when control || key.Key == ConsoleKey.Home: _cursor = 0; break;
            case ConsoleKey.End or ConsoleKey.E when control || key.Key == ConsoleKey.End: _cursor = _letters.Count; break;
            case ConsoleKey.U when control: Set(""); break;
            case ConsoleKey.W when control: DeleteWord(); break;
            default:
                if (control || key.KeyChar < ' ') return false;
                Insert(key.KeyChar);
                break;
        }
        return true;
    }

    /// <summary>As much of it as there is room for, and in which cell of that the cursor stands.</summary>
    public (string Text, int Cursor) Show(int room)
    {
        var before = Cells.Tail(Visible(_letters.Take(_cursor)), room - 1);
        var cursor = Cells.Of(before);
        return (before + Cells.Fit(Visible(_letters.Skip(_cursor)), room - cursor), cursor);
    }

    private void DeleteWord()
    {
        while (_cursor > 0 && _letters[_cursor - 1] == " ") _letters.RemoveAt(--_cursor);
        while (_cursor > 0 && _letters[_cursor - 1] != " ") _letters.RemoveAt(--_cursor);
    }

    private static string Visible(IEnumerable<string> letters)
    {
        StringBuilder text = new();
        foreach (var letter in letters) text.Append(letter switch
        {
            "\n" or "\r\n" => "↵",
            "\t" => "⇥",
            _ => SafeText.OneLine(letter),
        });
        return text.ToString();
    }
}
