using System.CommandLine;
using Chat.Cli.Accounts;
using Chat.Cli.Calls;
using Chat.Cli.Printing;

namespace Chat.Cli.Commands;

internal static class LoginCommand
{
    private static readonly Argument<string?> Server = new("url") { Description = "The server; http://localhost:5080 unless CHAT_URL says otherwise.", HelpName = "URL", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> User = new("--user", "-u") { Description = "Your user name.", HelpName = "NAME" };
    private static readonly Option<bool> FromStdin = new("--password-stdin") { Description = "Read the password from the standard input." };
    private static readonly Option<bool> Register = new("--register") { Description = "Make the user first." };

    public static Command New()
    {
        Command login = new("login", "Logs in, and keeps the session for the other commands. Asks for the password.") { Server, User, FromStdin, Register };
        login.SetAction(Run);
        return login;
    }

    private static async Task<int> Run(ParseResult line, CancellationToken interrupted)
    {
        CredentialsFile.RequirePlace();
        var url = line.GetValue(Server) ?? line.GetValue(Common.Url) ?? Credentials.UrlFromEnvironment ?? Credentials.UsualUrl;
        var isNew = line.GetValue(Register);
        var fromStdin = line.GetValue(FromStdin);
        if (!fromStdin && !Prompt.IsPossible) throw Mistake.OfUsage("Nobody can be asked for the password here: use --password-stdin.");
        var userName = line.GetValue(User) ?? (fromStdin ? throw Mistake.OfUsage("--password-stdin needs --user.") : await Prompt.UserName(interrupted));
        var password = fromStdin ? await FirstLine(interrupted) : await Ask(isNew, interrupted);

        return await Visit.Run(line, url, stays: false, async (chat, cancel) =>
        {
            var session = isNew ? await chat.RegisterAsync(userName, password, cancel: cancel) : await chat.LogInAsync(userName, password, cancel);
            CredentialsFile.Write(new(url, session.Me.UserName, session.Token!));
            Stdio.Say($"Logged in at {url} as @{session.Me.UserName}.");
            return ExitCode.Ok;
        }, interrupted);
    }

    // A line's end belongs to the script, the rest to the password.
    private static async Task<string> FirstLine(CancellationToken cancel)
    {
        StreamReader stdin = new(Console.OpenStandardInput());
        return await Stdio.Read(stdin.ReadLine, cancel) ?? throw Mistake.OfUsage("There was no password on the standard input.");
    }

    private static async Task<string> Ask(bool isNew, CancellationToken cancel)
    {
        var password = await Prompt.Password("Password: ", cancel);
        if (isNew && await Prompt.Password("Once more: ", cancel) != password) throw Mistake.OfUsage("The two differ.");
        return password;
    }
}
