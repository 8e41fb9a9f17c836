using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.Commands;

internal static class ReadCommand
{
    private static readonly Argument<string> Target = Words.Target();
    private static readonly Option<int> Count = new("--count", "-n") { Description = "How many, the newest ones.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private static readonly Option<long?> Before = new("--before") { Description = "Only below this seq.", HelpName = "SEQ" };
    private static readonly Option<long?> Since = new("--since") { Description = "All that came after this seq; without it the newest.", HelpName = "SEQ" };
    private static readonly Option<bool> All = new("--all") { Description = "Entries of all kinds, not just messages." };
    private static readonly Option<bool> Mark = new("--mark") { Description = "Mark what was printed as read." };

    static ReadCommand() => Count.Validators.Add(given =>
    {
        if (given.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count > 0)) given.AddError("--count takes a number above 0.");
    });

    public static Command New()
    {
        Command read = new("read", "Prints messages of a conversation, oldest first.") { Target, Count, Before, Since, All, Mark };
        read.SetAction(Visit.Deed(Run));
        return read;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var conversation = await visit.Finder.Conversation(line.GetRequiredValue(Target));
        var wanted = line.GetValue(Since) is { } since ? await Behind(line, conversation, since, visit) : await Newest(line, conversation, visit);
        foreach (var entry in wanted) visit.Output.PrintEntry(EntryLine.Of(conversation.Id, entry, visit.Output.IsTerminal));
        if (line.GetValue(Mark) && wanted is [.., var last]) await conversation.MarkReadAsync(last.Seq, visit.Cancel);
        return ExitCode.Ok;
    }

    private static async Task<List<Entry>> Newest(ParseResult line, ChatConversation conversation, Visit visit)
    {
        List<Entry> found = [];
        var count = line.GetValue(Count);
        await foreach (var entry in conversation.HistoryAsync(line.GetValue(Before), visit.Cancel))
        {
            if (line.GetValue(All) || entry is Message) found.Add(entry);
            if (found.Count == count) break;
        }
        found.Reverse();
        return found;
    }

    private static async Task<List<Entry>> Behind(ParseResult line, ChatConversation conversation, long since, Visit visit)
    {
        List<Entry> found = [];
        await foreach (var entry in conversation.HistoryAfterAsync(since, visit.Cancel))
        {
            if (entry.Seq >= (line.GetValue(Before) ?? long.MaxValue)) break;
            if (line.GetValue(All) || entry is Message) found.Add(entry);
        }
        return found;
    }
}
