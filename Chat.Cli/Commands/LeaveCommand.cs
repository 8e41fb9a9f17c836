using System.CommandLine;
using Chat.Cli.Calls;

namespace Chat.Cli.Commands;

internal static class LeaveCommand
{
    private static readonly Argument<string> Target = Words.Target();

    public static Command New()
    {
        Command leave = new("leave", "Leaves a conference; what you could read stays readable.") { Target };
        leave.SetAction(Visit.Deed(Run));
        return leave;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        await (await visit.Finder.Conversation(line.GetRequiredValue(Target))).LeaveAsync(visit.Cancel);
        return ExitCode.Ok;
    }
}
