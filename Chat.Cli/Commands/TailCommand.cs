using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Printing;
using Chat.Contracts;

namespace Chat.Cli.Commands;

internal static class TailCommand
{
    private static readonly Argument<string> Target = Words.Target();
    private static readonly Option<int> Count = new("--count", "-n") { Description = "Entries to begin with, 0 to 200; fewer where their texts are long.", HelpName = "N", DefaultValueFactory = _ => 10 };
    private static readonly Option<long?> Since = new("--since") { Description = "Begin behind this seq, so that nothing is missed between two runs.", HelpName = "SEQ" };
    private static readonly Option<bool> All = new("--all") { Description = "Entries of all kinds, not just messages." };

    static TailCommand()
    {
        Count.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count is >= 0 and <= Limits.PageOfEntries))
                given.AddError($"--count takes a number from 0 to {Limits.PageOfEntries}.");
        });
        Since.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && !(long.TryParse(token.Value, out var seq) && seq >= 0)) given.AddError("--since takes a seq, 0 or above.");
        });
    }

    public static Command New()
    {
        Command tail = new("tail", "Prints messages as they come, until it is ended; without gaps or repeats, over restarts of the server.") { Target, Count, Since, All };
        tail.SetAction(Visit.Watch(Run));
        return tail;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var conversation = await visit.Finder.Conversation(line.GetRequiredValue(Target));
        var entries = line.GetValue(Since) is { } since ? conversation.EntriesAfterAsync(since, visit.Cancel) : conversation.EntriesAsync(line.GetValue(Count), visit.Cancel);
        await foreach (var entry in entries)
        {
            if (line.GetValue(All) || entry is Message) visit.Output.PrintEntry(EntryLine.Of(conversation.Id, entry, visit.Output.IsTerminal));
        }
        return ExitCode.Ok;
    }
}
