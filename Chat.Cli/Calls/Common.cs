using System.CommandLine;

namespace Chat.Cli.Calls;

/// <summary>The options of every command that speaks to a server.</summary>
internal static class Common
{
    public static readonly Option<string?> Url = new("--url") { Description = "The server; otherwise CHAT_URL, or the one you logged in at.", HelpName = "URL", Recursive = true };
    public static readonly Option<bool> Json = new("--json") { Description = "Print lines of JSON.", Recursive = true };
    public static readonly Option<bool> Wait = new("--wait") { Description = "Keep trying while the server cannot be reached; CHAT_WAIT=1 says the same.", Recursive = true };
    public static readonly Option<double?> Timeout = new("--timeout") { Description = "Give up after so many seconds, with exit code 124.", HelpName = "SECONDS", Recursive = true };

    public static bool IsWaiting(ParseResult line) => line.GetValue(Wait) || Environment.GetEnvironmentVariable("CHAT_WAIT") is "1" or "true";

    static Common() => Timeout.Validators.Add(given =>
    {
        if (given.Tokens is [var token] && !(double.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400))
            given.AddError("--timeout takes seconds, above 0 and up to 86400.");
    });
}
