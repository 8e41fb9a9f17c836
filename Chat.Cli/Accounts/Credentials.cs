namespace Chat.Cli.Accounts;

/// <summary>Which server, and what proves who one is to it: the token of a session, never the password.</summary>
internal sealed record Credentials(string Url, string? UserName, string Token)
{
    public const string UsualUrl = "http://localhost:5080";
    private const string UrlVariable = "CHAT_URL";
    private const string TokenVariable = "CHAT_TOKEN";

    public static string? UrlFromEnvironment => Variable(UrlVariable);

    /// <summary>
    /// From the environment, which needs no file; or as the last log-in kept them. A token that was kept goes to the server it came from and to no other.
    /// </summary>
    /// <param name="url">As the command line names it; it comes before everything else.</param>
    /// <exception cref="Mistake">Nobody is logged in there.</exception>
    public static Credentials Find(string? url)
    {
        var named = url ?? UrlFromEnvironment;
        if (Variable(TokenVariable) is { } token) return new(named ?? CredentialsFile.Read()?.Url ?? UsualUrl, null, token);
        if (CredentialsFile.Read() is not { } kept) throw Mistake.NotLoggedIn();
        if (named is not null && !IsSame(named, kept.Url)) throw new Mistake(ExitCode.Refused, $"You are logged in at {kept.Url}, not at {named}: chat login {named} --user NAME");
        return kept;
    }

    /// <summary>Names no secret, so that no output does.</summary>
    public override string ToString() => Url;

    private static bool IsSame(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var a) && Uri.TryCreate(other, UriKind.Absolute, out var b) && a == b;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
