namespace Chat.Tests.EndToEnd;

/// <summary>Settings for tests that make many users and calls, and are about something else than limits.</summary>
internal static class Relaxed
{
    public static readonly string[] Settings =
    [
        "--Login:PasswordIterations=1000",
        "--Login:PasswordQueue=1000",
        "--Login:RegistrationsPerAddress=0",
        "--RateLimits:Enabled=false",
        "--Web:MaxConnectionsPerAddress=10000",
        "--Presence:Grace=1",
    ];
}
