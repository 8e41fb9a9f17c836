using System.CommandLine;
using Chat.Cli.Printing;

namespace Chat.Cli.Commands;

internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("shell") { Description = "bash, zsh or fish.", HelpName = "SHELL" };

    static CompletionCommand() => Shell.AcceptOnlyFromAmong("bash", "zsh", "fish");

    public static Command New()
    {
        Command completion = new("completion", "Prints what makes a shell complete commands: source <(chat completion bash)") { Shell };
        completion.SetAction(line => Stdio.Out.Write(Completion.For(line.GetRequiredValue(Shell), Root.New())));
        return completion;
    }
}
