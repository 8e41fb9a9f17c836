using System.CommandLine;

namespace Chat.Cli.Commands;

/// <summary>Arguments that several commands take.</summary>
internal static class Words
{
    public static Argument<string> Target() => new("target") { Description = "@user, #name, a title or an id.", HelpName = "TARGET" };

    /// <summary>User names, with or without the @ that people are used to.</summary>
    public static string UserName(string word) => word.StartsWith('@') ? word[1..] : word;
}
