using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.Names;

/// <summary>Finds what is typed: <c>@user</c>, <c>#name</c>, a title, or an id. What is not there is a <see cref="Mistake"/> that says what is.</summary>
internal sealed class Finder(ChatClient chat, CancellationToken cancel)
{
    public Task<ChatConversation> Conversation(string target) => target switch
    {
        ['@', .. var userName] => PrivateChat(userName),
        ['#', .. var name] => Open(name),
        _ => Titled(target),
    };

    /// <summary>No user of this name is there, or none that can be reached.</summary>
    public async Task<Mistake> NoUser(string userName) =>
        new(ExitCode.NotFound, $"No user @{userName}.{Nearest.Question("@" + userName, (await Alike(userName)).Select(name => "@" + name))}");

    private async Task<ChatConversation> PrivateChat(string userName)
    {
        try
        {
            return await chat.StartPrivateChatAsync(userName, cancel);
        }
        catch (ChatRefusedException no) when (no.Is(Refusal.NoSuchUser) || no.Is(Refusal.Invalid))
        {
            throw await NoUser(userName);
        }
    }

    private async Task<ChatConversation> Open(string name)
    {
        List<string> known = [];
        await foreach (var own in chat.ConversationsAsync(all: true, cancel))
        {
            if (own.Details is not { Name: { } itsName, Role: not null }) continue;
            if (string.Equals(itsName, name, StringComparison.OrdinalIgnoreCase)) return own;
            known.Add("#" + itsName);
        }
        await foreach (var open in chat.OpenConferencesAsync(cancel: cancel))
        {
            if (string.Equals(open.Name, name, StringComparison.OrdinalIgnoreCase)) throw new Mistake(ExitCode.Refused, $"You are not in #{open.Name}: chat join '#{open.Name}'");
            known.Add("#" + open.Name);
        }
        throw NoConversation("#" + name, known);
    }

    private async Task<ChatConversation> Titled(string text)
    {
        List<(string Title, ChatConversation Conversation)> all = [];
        await foreach (var own in chat.ConversationsAsync(all: true, cancel))
        {
            if (own.Id.Value == text) return own;
            all.Add((ConversationName.Title(own.Details!, chat.Me.UserName), own));
        }
        List<ChatConversation> called = [.. all.Where(one => string.Equals(one.Title, text, StringComparison.OrdinalIgnoreCase)).Select(one => one.Conversation)];
        return called switch
        {
            [var one] => one,
            [] => throw NoConversation(text, all.Select(one => one.Title)),
            _ => throw Mistake.OfUsage($"{called.Count} conversations are called {text}; name one by its id: {string.Join(", ", called.Select(one => one.Id))}"),
        };
    }

    private static Mistake NoConversation(string target, IEnumerable<string> known) =>
        new(ExitCode.NotFound, $"No conversation {target}.{Nearest.Question(target, known)}");

    private async Task<List<string>> Alike(string userName)
    {
        List<string> names = [];
        if (userName.Length < Limits.SearchMinLength) return names;
        try
        {
            await foreach (var found in chat.SearchUsersAsync(userName[..Limits.SearchMinLength], cancel)) names.Add(found.UserName);
        }
        catch (ChatRefusedException)
        {
            // A suggestion less; what matters is that there is no such user.
        }
        return names;
    }
}
