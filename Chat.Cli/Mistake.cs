namespace Chat.Cli;

/// <summary>What a command cannot do, in a sentence for whoever typed it.</summary>
internal sealed class Mistake(int exitCode, string sentence) : Exception(sentence)
{
    public int ExitCode { get; } = exitCode;

    public static Mistake OfUsage(string sentence) => new(Cli.ExitCode.Usage, sentence);
    public static Mistake NotLoggedIn() => new(Cli.ExitCode.Refused, "You are not logged in: chat login http://localhost:5080 --user NAME");
}
