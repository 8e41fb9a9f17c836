namespace Chat.Cli.FullScreen;

/// <summary>Reads keys, one after another, on a thread of its own; and tells typing from pasting.</summary>
internal sealed class Keyboard(Action<ConsoleKeyInfo> pressed, Action<char> pasted, Action gone)
{
    // They come before and after what is pasted.
    private const string Beginning = "\e[200~";
    private const string End = "\e[201~";

    private bool _isPasting;

    // What has come of a mark so far, and the keys of it that wait to be one.
    private string _mark = "";
    private readonly List<ConsoleKeyInfo> _waiting = [];

    /// <summary>From here on Ctrl-C is a key as any other.</summary>
    public void Listen()
    {
        Console.TreatControlCAsInput = true;
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>The runtime does not know the marks, and hands them over in pieces: first ESC, or with the next one as Alt-[.</summary>
    public void Take(ConsoleKeyInfo key)
    {
        var begun = key switch
        {
            { Key: ConsoleKey.Escape } => "\e",
            { KeyChar: '[', Modifiers: ConsoleModifiers.Alt } => "\e[",
            _ => null,
        };
        if (begun is not null) GiveUp();
        _mark = begun ?? _mark + key.KeyChar;

        if (_mark is Beginning or End)
        {
            _isPasting = _mark == Beginning;
            _waiting.Clear();
            _mark = "";
        }
        else if (_mark.Length > 1 && (Beginning.StartsWith(_mark, StringComparison.Ordinal) || End.StartsWith(_mark, StringComparison.Ordinal)))
        {
            _waiting.Add(key);
        }
        else
        {
            GiveUp();
            if (begun is not null) _mark = begun;
            Hand(key); // ESC by itself waits for nothing
        }
    }

    private void Read()
    {
        try
        {
            while (true) Take(Console.ReadKey(intercept: true));
        }
        catch (Exception lost) when (lost is InvalidOperationException or IOException)
        {
            gone();
        }
    }

    // It was no mark but keys that somebody pressed.
    private void GiveUp()
    {
        foreach (var key in _waiting) Hand(key);
        _waiting.Clear();
        _mark = "";
    }

    private void Hand(ConsoleKeyInfo key)
    {
        if (!_isPasting) pressed(key);
        else if (key.Key == ConsoleKey.Enter) pasted('\n');
        else if (key.KeyChar != '\0') pasted(key.KeyChar);
    }
}
