using Spectre.Console;

namespace Chat.Cli.Printing;

/// <summary>
/// Prints what a command found: lines of JSON where they are asked for, otherwise a table for people on a terminal, and lines with tabs in
/// between for whatever a pipe leads to.
/// </summary>
internal sealed class Output(bool json)
{
    private readonly IAnsiConsole? _terminal = json || Console.IsOutputRedirected ? null : Terminal.Open();

    public bool IsJson => json;

    public bool IsTerminal => _terminal is not null;

    /// <summary>One line at once, for commands that go on.</summary>
    public void Print(Line line)
    {
        Stdio.Out.WriteLine(json ? line.Json() : string.Join('\t', line.Cells.Select(SafeText.OneLine)));
        Stdio.Out.Flush();
    }

    /// <summary>A message or another entry: its cells are seq, time, author and text.</summary>
    public void PrintEntry(Line line)
    {
        if (_terminal is null) Print(line);
        else Terminal.Speak(_terminal, line.Cells);
    }

    public void Print(IEnumerable<Line> lines, params string[] headings)
    {
        if (_terminal is not null) Terminal.Tabulate(_terminal, headings, lines.Select(line => line.Cells));
        else foreach (var line in lines) Print(line);
    }
}
