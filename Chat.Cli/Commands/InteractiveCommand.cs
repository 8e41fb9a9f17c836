using System.CommandLine;

namespace Chat.Cli.Commands;

internal static class InteractiveCommand
{
    public static Task<int> Run(ParseResult line, CancellationToken interrupted) => throw Mistake.OfUsage("");
}
