using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.FullScreen;

/// <summary>
/// Draws everything into rows: what one looks at above, the list of conversations beside the messages where there is room, the row for typing below.
/// Text of others is made safe here, piece by piece, before it gets any style.
/// </summary>
internal sealed class Picture(int width, int height)
{
    private const int EnoughForBoth = 60;

    public int Width => width;
    public int Height => height;

    /// <summary>Rows between the heading and the two rows below.</summary>
    public int Body => Math.Max(1, height - 3);

    private bool HasList => width >= EnoughForBoth;
    private int List => HasList ? Math.Min(24, width / 4 + 2) : 0;
    private int Beside => HasList ? width - List - 3 : width;

    /// <summary>Where the cursor stands in the last row.</summary>
    public int Cursor { get; private set; }

    public string[] Draw(Conversing conversing)
    {
        var body = conversing.Switcher is { } switcher ? Switch(switcher) : HasList ? Both(conversing) : Messages(conversing.Current);
        return [Heading(conversing), .. body, Below(conversing), Typing(conversing)];
    }

    private string Heading(Conversing conversing)
    {
        var state = conversing.State switch { ChatState.Live => "", ChatState.Ended => " ended ", _ => " reconnecting… " };
        var elsewhere = conversing.Talks.Where(talk => talk != conversing.Current && !talk.Details.Muted).Sum(talk => talk.Unread);
        var right = state + (elsewhere > 0 ? $" {elsewhere} unread " : "");
        var left = conversing.Current is { } talk ? $" {SafeText.OneLine(talk.Title)}{About(talk)}" : " chat";
        return Style.Reverse(Cells.Fit(left, Math.Max(0, width - Cells.Of(right))) + Cells.Fit(right, Math.Min(width, Cells.Of(right))));
    }

    private static string About(Talk talk) => talk switch
    {
        { Presence: { } presence } => $" · {presence.ToString().ToLowerInvariant()}",
        { Details.Kind: ConversationKind.Conference } => $" · {talk.Details.MemberCount} members",
        _ => "",
    };

    private IEnumerable<string> Both(Conversing conversing)
    {
        var chosen = conversing.Talks.IndexOf(conversing.Current!);
        var first = Math.Max(0, chosen - Body + 1);
        var messages = Messages(conversing.Current);
        for (var row = 0; row < Body; row++)
        {
            var talk = first + row < conversing.Talks.Count ? conversing.Talks[first + row] : null;
            // The column is said, in case the terminal takes some letter for wider or narrower than it is taken for here.
            yield return $"{(talk is null ? new string(' ', List) : Row(talk, talk == conversing.Current))}\e[{List + 2}G{Style.Dim("│")} {messages[row]}";
        }
    }

    private string Row(Talk talk, bool isCurrent)
    {
        var unread = talk.Unread > 0 ? $" {(talk.Unread >= Limits.UnreadCounted ? $"{Limits.UnreadCounted}+" : talk.Unread)}" : "";
        var mark = talk.Presence switch { Presence.Online => "●", Presence.Away => "○", _ => " " };
        var title = Cells.Fit(SafeText.OneLine(talk.Title), Math.Max(0, List - 2 - unread.Length));
        if (isCurrent) return Style.Reverse($"{mark} {title}{unread}");
        return $"{Style.Here(mark)} {(talk.Unread > 0 && !talk.Details.Muted ? Style.Bold(title + unread) : title + unread)}";
    }

    private List<string> Messages(Talk? talk)
    {
        if (talk is null) return [.. Blank(Body)];
        List<string> newestFirst = [];
        foreach (var pending in Enumerable.Reverse(talk.Pending)) Add(newestFirst, Pending(pending.Text));
        foreach (var (entry, note) in talk.Items.Reverse())
        {
            if (newestFirst.Count >= Body + talk.Scroll) break;
            Add(newestFirst, entry is null ? Note(note!) : Spoken(entry));
        }
        talk.Scroll = Math.Clamp(talk.Scroll, 0, Math.Max(0, newestFirst.Count - Body));
        List<string> rows = [.. newestFirst.Skip(talk.Scroll).Take(Body).Reverse()];
        rows.InsertRange(0, Blank(Body - rows.Count));
        return rows;
    }

    private static void Add(List<string> newestFirst, IEnumerable<string> rows) => newestFirst.AddRange(rows.Reverse());

    private List<string> Spoken(Entry entry)
    {
        var time = EntryLine.Time(entry.SentAt, forTerminal: true)[^5..];
        var name = SafeText.OneLine(entry.Author.UserName);
        if (entry is not Message message) return [.. Cells.Wrap($"{time} {name} {SafeText.OneLine(EntryLine.Text(entry)[2..])}", Beside).Select(Style.Dim)];

        var after = (message.EditedAt is null || message.Deleted is true ? "" : " (edited)") + string.Concat((message.Reactions ?? []).Select(reaction => $" [{SafeText.OneLine(reaction.Emoji)} {reaction.By.Count}]"));
        var answer = message.ReplyTo is { } seq ? $"(to {seq}) " : "";
        // Wrapped with its beginning, so that the first row is as long as the others; the beginning gets its style afterwards.
        var rows = Cells.Wrap($"{time} {name}: {answer}{SafeText.Lines(EntryLine.Text(message))}{after}", Beside);
        var start = $"{time} {name}:";
        if (rows[0].StartsWith(start, StringComparison.Ordinal)) rows[0] = $"{Style.Dim(time)} {Style.Name(name + ":")}{rows[0][start.Length..]}";
        return rows;
    }

    private IEnumerable<string> Pending(string text) => Cells.Wrap($"  …   {SafeText.Lines(text)}", Beside).Select(Style.Dim);

    private IEnumerable<string> Note(string text) => Cells.Wrap(SafeText.Lines(text), Beside).Select(Style.Warning);

    private IEnumerable<string> Switch(Switcher switcher)
    {
        var found = switcher.Found;
        var first = Math.Max(0, found.ToList().IndexOf(switcher.Chosen!) - Body + 1);
        for (var row = 0; row < Body; row++)
        {
            if (first + row >= found.Count)
            {
                yield return "";
                continue;
            }
            var talk = found[first + row];
            var text = Cells.Fit($" {SafeText.OneLine(talk.Title)}{(talk.Unread > 0 ? $"  {talk.Unread}" : "")}", width);
            yield return talk == switcher.Chosen ? Style.Reverse(text) : text;
        }
    }

    private string Below(Conversing conversing)
    {
        if (conversing.Switcher is not null) return Style.Dim(Cells.Fit("Enter goes there, Esc stays", width));
        if (conversing.Notice is { } notice) return Style.Warning(Cells.Fit(SafeText.OneLine(notice), width));
        if (conversing.Current is not { } talk) return "";
        if (talk.Scroll > 0) return Style.Dim(Cells.Fit("PageDown for the newest", width));
        var typing = string.Join(", ", talk.Typing.Select(SafeText.OneLine));
        return Style.Dim(Cells.Fit(typing.Length > 0 ? $"{typing} typing…" : "Ctrl-K switches, /help tells the rest", width));
    }

    private string Typing(Conversing conversing)
    {
        var start = conversing.Switcher is null ? "> " : "go to: ";
        var (text, cursor) = (conversing.Switcher?.Typed ?? conversing.Composer).Show(Math.Max(1, width - start.Length));
        Cursor = start.Length + cursor;
        return start + text;
    }

    private static IEnumerable<string> Blank(int rows) => Enumerable.Repeat("", Math.Max(0, rows));
}
