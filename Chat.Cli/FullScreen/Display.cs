using System.Text;
using Chat.Cli.Printing;

namespace Chat.Cli.FullScreen;

/// <summary>The terminal, taken over for a while and given back as it was. Only rows that changed are written.</summary>
internal sealed class Display : IDisposable
{
    // The second screen; no wrapping at the last column; what is pasted is marked.
    private const string Take = "\e[?1049h\e[?7l\e[?2004h\e[2J";

    // The keypad too: the runtime switches it over when it reads keys, and leaves it so.
    private const string GiveBack = "\e[?2004l\e[?7h\e[?25h\e[0m\e[?1049l\e[?1l\e>";

    private readonly UnhandledExceptionEventHandler _crashed;
    private readonly Lock _lock = new();

    // Guarded by the lock: where another thread crashes, the one that draws does not stop at once, and would draw on the screen that was given back.
    private string[] _shown = [];
    private bool _isTaken = true;

    public Display()
    {
        _crashed = (_, _) => Dispose();
        AppDomain.CurrentDomain.UnhandledException += _crashed;
        Write(Take);
    }

    /// <summary>The next picture is written in full.</summary>
    public void Forget()
    {
        lock (_lock) _shown = [];
    }

    /// <param name="rows">From the top; each ends within the terminal's width.</param>
    /// <param name="row">Where the cursor stands, from 0.</param>
    public void Show(string[] rows, int row, int column)
    {
        lock (_lock)
        {
            if (_isTaken) Write(Changes(rows).Append($"\e[{row + 1};{column + 1}H\e[?25h").ToString());
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isTaken) return;
            _isTaken = false;
            AppDomain.CurrentDomain.UnhandledException -= _crashed;
            Write(GiveBack);
        }
    }

    private StringBuilder Changes(string[] rows)
    {
        StringBuilder changes = new("\e[?25l");
        if (_shown.Length != rows.Length)
        {
            changes.Append("\e[2J");
            _shown = new string[rows.Length];
        }
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] == _shown[i]) continue;
            changes.Append($"\e[{i + 1};1H{rows[i]}\e[0m\e[K");
            _shown[i] = rows[i];
        }
        return changes;
    }

    private static void Write(string text)
    {
        Stdio.Out.Write(text);
        Stdio.Out.Flush();
    }
}
