using System.CommandLine;
using Chat.Cli.Calls;

namespace Chat.Cli.Commands;

/// <summary>Everything that can be typed.</summary>
internal static class Root
{
    public static RootCommand New()
    {
        RootCommand root = new("""
            Chats on a SignalRChat server.

            TARGET is @user, #name of an open conference, the title of a conversation, or its id. Data goes to the standard output, everything else to the
            standard error output. Without a command, on a terminal, it is interactive.

            Ends with 0 done, 1 failed, 2 not understood, 3 not logged in or refused, 4 not found, 5 unreachable, 6 too many requests,
            7 conflict, 124 timed out, 130 interrupted.
            """)
        {
            Common.Url, Common.Json, Common.Wait, Common.Timeout,
            LoginCommand.New(), LogoutCommand.New(),
            SendCommand.New(), ReadCommand.New(), TailCommand.New(), WatchCommand.New(),
            LsCommand.New(), UnreadCommand.New(), FindCommand.New(), MembersCommand.New(), ProfileCommand.New(),
            StartCommand.New(), JoinCommand.New(), InviteCommand.New(), LeaveCommand.New(),
            CompletionCommand.New(),
        };
        root.SetAction(InteractiveCommand.Run);
        return root;
    }
}
