namespace Chat.Cli.Printing;

/// <summary>Of the terminal that the standard output is, in cells.</summary>
internal static class TerminalSize
{
    public static int Columns => Positive(Console.WindowWidth, 80);
    public static int Rows => Positive(Console.WindowHeight, 24);

    // A terminal that does not know says 0.
    private static int Positive(int said, int usual) => said > 0 ? said : usual;
}
