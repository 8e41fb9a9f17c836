using Chat.Cli.Commands;
using Chat.Cli.Names;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.FullScreen;

/// <summary>What begins with a slash.</summary>
internal sealed class Orders(ChatClient chat, Conversing conversing)
{
    private const string Help = """
        /start @bob             a private chat
        /start Plans @bob @cyd  a conference
        /join #name             an open conference
        /invite @dan            into this conversation
        /leave                  this conference
        /members                who is in it
        /profile [@bob]         yours, or another's
        /profile name|about ... changes yours
        /quit                   or Ctrl-D
        Ctrl-K switches. PageUp goes back. Alt-Enter breaks a line.
        //word says /word.
        """;

    private static readonly string[] Known = ["help", "start", "join", "invite", "leave", "members", "profile", "quit"];

    private Finder Finder => new(chat, CancellationToken.None);

    public Task Do(string order)
    {
        var words = order.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["help"] => Tell(Help),
            ["quit"] => Quit(),
            ["start", .. var asked] => Start(asked),
            ["join", var name] => Join(name),
            ["invite", _, ..] => Invite([.. words[1..].Select(Words.UserName)]),
            ["leave"] => Leave(),
            ["members"] => Members(),
            ["profile"] => Show(chat.Me.UserName),
            ["profile", "name", ..] => Edit(new() { Version = chat.Me.Version, DisplayName = Rest(order, 2) }),
            ["profile", "about", ..] => Edit(new() { Version = chat.Me.Version, About = Rest(order, 2) }),
            ["profile", var user] => Show(Words.UserName(user)),
            [var known, ..] when Known.Contains(known) => throw Mistake.OfUsage($"/{known} is used otherwise: /help"),
            [var unknown, ..] => throw Mistake.OfUsage($"There is no /{unknown}.{Nearest.Question("/" + unknown, Known.Select(name => "/" + name))} /help tells what there is."),
            [] => Tell(Help),
        };
    }

    private async Task Start(string[] asked)
    {
        List<string> people = [.. asked.Where(word => word.StartsWith('@')).Select(Words.UserName)];
        var title = string.Join(' ', asked.Where(word => !word.StartsWith('@')));
        if (people is [var one] && title.Length == 0)
        {
            await conversing.GoTo(await Finder.Conversation("@" + one));
            return;
        }
        if (people.Count < 2) throw Mistake.OfUsage("A conference starts with at least two others: /start Plans @bob @cyd");
        await GoToInvited(await chat.StartConferenceAsync(title.Length == 0 ? null : title, people));
    }

    private async Task Join(string name) => await conversing.GoTo(await chat.JoinConferenceAsync(name.TrimStart('#')));

    private async Task Invite(string[] people) => await GoToInvited(await Current.Conversation.InviteAsync(people));

    private async Task GoToInvited(ChatConversation conference)
    {
        await conversing.GoTo(conference);
        var absent = conference.Invited.Where(invited => invited.Result is not (InviteResult.Added or InviteResult.AlreadyMember)).Select(invited => $"@{invited.UserName}").ToList();
        if (absent.Count > 0) conversing.Notice = $"Not invited: {string.Join(", ", absent)}";
    }

    private async Task Leave()
    {
        var talk = Current;
        await talk.Conversation.LeaveAsync();
        conversing.Forget(talk);
    }

    private async Task Members()
    {
        var talk = Current;
        List<string> members = [];
        await foreach (var member in talk.Conversation.MembersAsync())
            members.Add($"@{member.Person.UserName} {member.Person.DisplayName}: {member.Presence.ToString().ToLowerInvariant()}{(member.Role == Role.Owner ? ", owner" : "")}");
        talk.Note(string.Join('\n', members));
    }

    private async Task Show(string userName) => await Tell(await chat.ProfileAsync(userName));

    private async Task Edit(EditProfile edit) => await Tell(await chat.EditProfileAsync(edit));

    private Task Tell(Profile profile) => Tell(string.Join('\n', new[]
    {
        $"@{profile.UserName} {profile.DisplayName}: {profile.Presence.ToString().ToLowerInvariant()}", profile.About, profile.TimeZone, profile.Avatar
    }.Where(line => !string.IsNullOrEmpty(line))));

    private Task Tell(string text)
    {
        Current.Note(text);
        return Task.CompletedTask;
    }

    private Task Quit()
    {
        conversing.Quit();
        return Task.CompletedTask;
    }

    private Talk Current => conversing.Current ?? throw Mistake.OfUsage("There is no conversation yet: /start @bob");

    // All behind so many words, with its blanks.
    private static string Rest(string order, int words)
    {
        var rest = order.TrimStart();
        for (var i = 0; i < words; i++) rest = rest.IndexOf(' ') is var end and >= 0 ? rest[end..].TrimStart() : "";
        return rest;
    }
}
