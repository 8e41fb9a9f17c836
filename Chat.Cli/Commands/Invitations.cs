using Chat.Cli.Calls;
using Chat.Cli.Names;
using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.Commands;

/// <summary>What came of inviting people.</summary>
internal static class Invitations
{
    /// <summary>Prints the conference; who did not come in is told on the standard error output and by the exit code.</summary>
    public static int Print(ChatConversation conference, Visit visit)
    {
        var details = conference.Details!;
        visit.Output.Print(ConferenceLine.Of(new(details, conference.Invited), ConversationName.Target(details, visit.Chat.Me.UserName)));
        foreach (var (userName, sentence) in conference.Invited.Select(invited => (invited.UserName, Sentence(invited.Result))))
        {
            if (sentence is not null) Stdio.Say($"@{userName} {sentence}");
        }
        return conference.Invited.Select(invited => invited.Result) switch
        {
            var results when results.Contains(InviteResult.Unknown) => ExitCode.NotFound,
            var results when results.Contains(InviteResult.Unavailable) => ExitCode.Refused,
            _ => ExitCode.Ok,
        };
    }

    private static string? Sentence(InviteResult result) => result switch
    {
        InviteResult.Unknown => "is nobody.",
        InviteResult.Unavailable => "cannot be invited.",
        InviteResult.AlreadyMember => "is in it already.",
        _ => null,
    };
}
