using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Names;
using Chat.Cli.Printing;

namespace Chat.Cli.Commands;

internal static class StartCommand
{
    private static readonly Argument<string[]> Asked = new("words") { Description = "@user for a private chat; a title and several @users for a conference.", HelpName = "TITLE|@USER", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> OpenName = new("--open") { Description = "Anybody may find the conference under this name, and join.", HelpName = "NAME" };

    public static Command New()
    {
        Command start = new("start", "Starts a private chat or a conference, and prints its target.") { Asked, OpenName };
        start.SetAction(Visit.Deed(Run));
        return start;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var words = line.GetValue(Asked) ?? [];
        var openName = line.GetValue(OpenName)?.TrimStart('#');
        List<string> people = [.. words.Where(word => word.StartsWith('@')).Select(Words.UserName)];
        List<string> titles = [.. words.Where(word => !word.StartsWith('@'))];
        if (titles.Count > 1) throw Mistake.OfUsage($"A conference has one title, and people begin with @: '{string.Join(' ', titles)}'?");

        if (people is [var one] && titles.Count == 0 && openName is null)
        {
            var details = (await visit.Finder.Conversation("@" + one)).Details!;
            var target = ConversationName.Target(details, visit.Chat.Me.UserName);
            visit.Output.Print(new Line(() => ConversationLine.Of(details, visit.Chat.Me.UserName, false).Json(), target));
            return ExitCode.Ok;
        }
        if (people.Count < 2 && openName is null) throw Mistake.OfUsage("A conference starts with at least two others: chat start 'Plans' @bob @cyd");

        return Invitations.Print(await visit.Chat.StartConferenceAsync(titles.FirstOrDefault(), people, openName, visit.Cancel), visit);
    }
}
