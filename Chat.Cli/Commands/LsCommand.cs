using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Printing;

namespace Chat.Cli.Commands;

internal static class LsCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Also those that you hid or left." };

    public static Command New()
    {
        Command ls = new("ls", "Lists your conversations, the newest activity first.") { All };
        ls.SetAction(Visit.Deed(Run));
        return ls;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        List<Line> lines = [];
        await foreach (var conversation in visit.Chat.ConversationsAsync(line.GetValue(All), visit.Cancel))
            lines.Add(ConversationLine.Of(conversation.Details!, visit.Chat.Me.UserName, visit.Output.IsTerminal));
        visit.Output.Print(lines, ConversationLine.Headings);
        return ExitCode.Ok;
    }
}
