using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Printing;

namespace Chat.Cli.Commands;

internal static class UnreadCommand
{
    public static Command New()
    {
        Command unread = new("unread", "Lists the conversations in which something is unread.");
        unread.SetAction(Visit.Deed(Run));
        return unread;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        List<Line> lines = [];
        await foreach (var conversation in visit.Chat.ConversationsAsync(cancel: visit.Cancel))
        {
            if (conversation.Details is { Unread: > 0 } details) lines.Add(ConversationLine.Of(details, visit.Chat.Me.UserName, visit.Output.IsTerminal));
        }
        visit.Output.Print(lines, ConversationLine.Headings);
        return ExitCode.Ok;
    }
}
