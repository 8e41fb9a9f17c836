using Spectre.Console;

namespace Chat.Cli.Printing;

/// <summary>
/// Prints what a command found: lines of JSON where they are asked for, otherwise a table for people on a terminal, and lines with tabs in
/// between for whatever a pipe leads to.
/// </summary>
internal sealed class Output(bool json)
{
    // Opened where something is printed: most commands print nothing, and are sooner done without.
    private readonly Lazy<IAnsiConsole> _terminal = new(Terminal.Open);

    public bool IsJson => json;

    public bool IsTerminal { get; } = !json && !Console.IsOutputRedirected;

    /// <summary>One line at once, for commands that go on.</summary>
    public void Print(Line line)
    {
        Stdio.Out.WriteLine(json ? line.Json() : string.Join('\t', line.Cells.Select(SafeText.OneLine)));
        Stdio.Out.Flush();
    }

    /// <summary>A message or another entry: its cells are seq, time, author and text.</summary>
    public void PrintEntry(Line line)
    {
        if (IsTerminal) Terminal.Speak(_terminal.Value, line.Cells);
        else Print(line);
    }

    public void Print(IEnumerable<Line> lines, params string[] headings)
    {
        if (IsTerminal) Terminal.Tabulate(_terminal.Value, headings, lines.Select(line => line.Cells));
        else foreach (var line in lines) Print(line);
    }
}
