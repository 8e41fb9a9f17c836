using System.CommandLine;
using Chat.Cli.Accounts;
using Chat.Cli.Names;
using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.Calls;

/// <summary>One run of a command, logged in at its server.</summary>
internal sealed record Visit(ChatClient Chat, Output Output, CancellationToken Cancel)
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(100);

    public Finder Finder => new(Chat, Cancel);

    /// <summary>A command that does something and is done.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Deed(Func<ParseResult, Visit, Task<int>> deed) =>
        (line, interrupted) => Run(line, stays: false, deed, interrupted);

    /// <summary>A command that goes on until it is ended, over restarts of the server.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Watch(Func<ParseResult, Visit, Task<int>> deed) =>
        (line, interrupted) => Run(line, stays: true, deed, interrupted);

    /// <summary>Begins with the session that was kept.</summary>
    private static Task<int> Run(ParseResult line, bool stays, Func<ParseResult, Visit, Task<int>> deed, CancellationToken interrupted)
    {
        var credentials = Credentials.Find(line.GetValue(Common.Url));
        return Run(line, credentials.Url, stays, async (chat, cancel) =>
        {
            await chat.ResumeAsync(credentials.Token, cancel);
            return await deed(line, new(chat, new(line.GetValue(Common.Json)), cancel));
        }, interrupted);
    }

    /// <summary>Begins without a session; gives up where the server cannot be reached.</summary>
    public static async Task<int> Run(ParseResult line, string url, bool stays, Func<ChatClient, CancellationToken, Task<int>> deed, CancellationToken interrupted)
    {
        using Patience patience = new(Common.IsWaiting(line), interrupted);
        await using var chat = Open(url, listens: stays);
        using var watching = chat.OnState(state => patience.See(state, stays));
        await using Timer refusals = new(_ => Look(chat, patience), null, LooksEvery, LooksEvery);
        if (stays) ClosedPipe.Watch(patience.EndUnread);
        try
        {
            return await deed(chat, patience.Cancel);
        }
        catch (OperationCanceledException) when (patience.IsUnread)
        {
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (patience.IsUnreachable)
        {
            throw chat.LastFault is ChatRefusedException refused ? refused : new Mistake(ExitCode.Unreachable, $"{url} cannot be reached{Why(chat.LastFault)}");
        }
    }

    // A client waits out what will pass; whoever typed too many wrong passwords is told instead.
    private static void Look(ChatClient chat, Patience patience)
    {
        if (chat is { State: ChatState.Connecting, LastFault: ChatRefusedException refused } && refused.Is(Refusal.RateLimited)) patience.GiveUp();
    }

    private static ChatClient Open(string url, bool listens)
    {
        try
        {
            return new(new ChatClientOptions { Url = new(url, UriKind.RelativeOrAbsolute), Program = $"chat/{Launch.Version}", Device = Device, Listens = listens });
        }
        catch (Exception wrong) when (wrong is ArgumentException or UriFormatException)
        {
            throw Mistake.OfUsage($"{url} is not the URL of a server: it looks like {Credentials.UsualUrl}.");
        }
    }

    private static string Device => string.Concat($"chat on {Environment.MachineName}".Take(Limits.DeviceLength));

    private static string Why(Exception? fault) => fault is null ? "." : $": {fault.GetBaseException().Message}";
}
