using Spectre.Console;

namespace Chat.Cli.Printing;

/// <summary>What goes to a terminal, with colours where it and its user like them.</summary>
internal static class Terminal
{
    public static bool HasColors => Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && !IsDumb;

    public static bool IsDumb => Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";

    public static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasColors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new TerminalOutput(),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    public static void Tabulate(IAnsiConsole terminal, string[] headings, IEnumerable<string[]> rows)
    {
        var table = new Table().NoBorder();
        foreach (var heading in headings) table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))).PadLeft(0).PadRight(2));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(SafeText.OneLine(cell))));
        terminal.Write(table);
        Stdio.Out.Flush();
    }

    public static void Speak(IAnsiConsole terminal, string[] cells)
    {
        Paragraph paragraph = new();
        paragraph.Append($"{cells[0]} {cells[1]} ", new Style(Color.Grey));
        paragraph.Append(SafeText.OneLine(cells[2]), new Style(Color.Aqua));
        paragraph.Append(" " + SafeText.Lines(cells[3]).Replace("\n", "\n    ", StringComparison.Ordinal));
        terminal.Write(paragraph);
        terminal.WriteLine();
        Stdio.Out.Flush();
    }
}
