using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Printing;
using Chat.Contracts;

namespace Chat.Cli.Commands;

internal static class FindCommand
{
    private static readonly Argument<string> Text = new("text") { Description = "At least 2 letters of a user's name, or # and the beginning of an open conference's.", HelpName = "TEXT" };

    public static Command New()
    {
        Command find = new("find", "Finds users, and with # open conferences.") { Text };
        find.SetAction(Visit.Deed(Run));
        return find;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var text = line.GetRequiredValue(Text);
        if (text is ['#', .. var name])
        {
            var conferences = await Conferences(name, visit);
            if (conferences.Count == 0) throw new Mistake(ExitCode.NotFound, $"No open conference begins with {text}.");
            visit.Output.Print(conferences, "Name", "Title", "Members", "");
        }
        else
        {
            var users = await Users(Words.UserName(text), visit);
            if (users.Count == 0) throw new Mistake(ExitCode.NotFound, $"No user is called {text}.");
            visit.Output.Print(users, ProfileLine.Headings);
        }
        return ExitCode.Ok;
    }

    private static async Task<List<Line>> Users(string text, Visit visit)
    {
        if (text.Length < Limits.SearchMinLength) throw Mistake.OfUsage($"A search takes at least {Limits.SearchMinLength} letters.");
        List<Line> found = [];
        await foreach (var profile in visit.Chat.SearchUsersAsync(text, visit.Cancel)) found.Add(ProfileLine.Of(profile, visit.Output.IsTerminal));
        return found;
    }

    private static async Task<List<Line>> Conferences(string name, Visit visit)
    {
        List<Line> found = [];
        await foreach (var open in visit.Chat.OpenConferencesAsync(name.Length == 0 ? null : name, visit.Cancel)) found.Add(ConferenceLine.Of(open));
        return found;
    }
}
