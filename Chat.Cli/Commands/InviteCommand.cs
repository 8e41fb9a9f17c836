using System.CommandLine;
using System.Globalization;
using Chat.Cli.Calls;
using Chat.Contracts;

namespace Chat.Cli.Commands;

internal static class InviteCommand
{
    private static readonly Argument<string> Target = Words.Target();
    private static readonly Argument<string[]> People = new("users") { Description = "Whom to bring in.", HelpName = "@USER", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> History = new("--history") { Description = "What they may read of what was: none, all, or from this seq.", HelpName = "none|all|SEQ", DefaultValueFactory = _ => "none" };

    public static Command New()
    {
        Command invite = new("invite", "Brings people into a conference; with a private chat, starts a conference of the two and them. Prints its target.") { Target, People, History };
        invite.SetAction(Visit.Deed(Run));
        return invite;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var (history, fromSeq) = Shared(line.GetRequiredValue(History));
        var conversation = await visit.Finder.Conversation(line.GetRequiredValue(Target));
        var names = line.GetRequiredValue(People).Select(Words.UserName);
        return Invitations.Print(await conversation.InviteAsync(names, history, fromSeq, visit.Cancel), visit);
    }

    private static (SharedHistory History, long? FromSeq) Shared(string said) => said switch
    {
        "none" => (SharedHistory.None, null),
        "all" => (SharedHistory.All, null),
        _ when long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) => (SharedHistory.FromSeq, seq),
        _ => throw Mistake.OfUsage("--history takes none, all, or a seq."),
    };
}
