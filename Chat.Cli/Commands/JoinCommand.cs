using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Names;
using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.Commands;

internal static class JoinCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "#name of an open conference.", HelpName = "#NAME" };

    public static Command New()
    {
        Command join = new("join", "Joins an open conference, and prints its target.") { Name };
        join.SetAction(Visit.Deed(Run));
        return join;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var name = line.GetRequiredValue(Name).TrimStart('#');
        try
        {
            var details = (await visit.Chat.JoinConferenceAsync(name, visit.Cancel)).Details!;
            visit.Output.Print(new Line(() => ConversationLine.Of(details, visit.Chat.Me.UserName, false).Json(), ConversationName.Target(details, visit.Chat.Me.UserName)));
            return ExitCode.Ok;
        }
        catch (ChatRefusedException no) when (no.Is(Refusal.NoSuchConversation) || no.Is(Refusal.Invalid))
        {
            await visit.Finder.Conversation("#" + name); // says what there is instead
            throw;
        }
    }
}
