using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Printing;

namespace Chat.Cli.Commands;

internal static class MembersCommand
{
    private static readonly Argument<string> Target = Words.Target();

    public static Command New()
    {
        Command members = new("members", "Lists who is in a conversation, and who of them is here.") { Target };
        members.SetAction(Visit.Deed(Run));
        return members;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var conversation = await visit.Finder.Conversation(line.GetRequiredValue(Target));
        List<Line> lines = [];
        await foreach (var member in conversation.MembersAsync(visit.Cancel)) lines.Add(ProfileLine.Of(member, visit.Output.IsTerminal));
        visit.Output.Print(lines, "User", "Name", "Presence", "");
        return ExitCode.Ok;
    }
}
