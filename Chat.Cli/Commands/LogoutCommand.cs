using System.CommandLine;
using Chat.Cli.Accounts;
using Chat.Cli.Calls;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.Commands;

internal static class LogoutCommand
{
    private static readonly Option<bool> Everywhere = new("--everywhere") { Description = "End all your sessions, those of other devices too." };

    public static Command New()
    {
        Command logout = new("logout", "Ends the session, on the server and here.") { Everywhere };
        logout.SetAction(Run);
        return logout;
    }

    private static async Task<int> Run(ParseResult line, CancellationToken interrupted)
    {
        var used = Credentials.Find(line.GetValue(Common.Url));
        try
        {
            await Visit.Deed(async (_, visit) =>
            {
                await visit.Chat.LogOutAsync(line.GetValue(Everywhere), visit.Cancel);
                return ExitCode.Ok;
            })(line, interrupted);
        }
        catch (ChatRefusedException ended) when (ended.Is(Refusal.SessionEnded))
        {
            // It had ended before; what is left is to forget it.
        }
        // What was kept may be another session, where the environment named the one that has ended.
        if (CredentialsFile.Read()?.Token == used.Token) CredentialsFile.Delete();
        return ExitCode.Ok;
    }
}
