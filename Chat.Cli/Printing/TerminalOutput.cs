using System.Text;
using Spectre.Console;

namespace Chat.Cli.Printing;

/// <summary>The terminal as Spectre.Console writes to it; its own way there asks <see cref="Console"/>, which sends escapes to whoever wished for none.</summary>
internal sealed class TerminalOutput : IAnsiConsoleOutput
{
    public TextWriter Writer => Stdio.Out;
    public bool IsTerminal => true;
    public int Width => TerminalSize.Columns;
    public int Height => TerminalSize.Rows;

    public void SetEncoding(Encoding encoding)
    {
        // It is UTF-8 and stays so.
    }
}
