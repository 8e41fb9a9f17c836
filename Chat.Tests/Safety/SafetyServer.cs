using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Safety;

/// <summary>A server whose limits are out of the way of what is tested, whose passwords are cheap and whose log is read.</summary>
internal static class SafetyServer
{
    public static readonly string[] Unlimited =
        ["--RateLimits:Enabled=false", "--Login:PasswordIterations=1000", "--Login:PasswordQueue=1000", "--Login:RegistrationsPerAddress=0", "--Login:FailuresPerAddress=0", "--Login:FailuresPerUser=0"];

    public static Task<TestServer> Start(LogBook log, params string[] settings) => Start(log, null, settings);

    public static Task<TestServer> Start(LogBook log, TimeProvider? clock, params string[] settings) =>
        TestServer.Start(settings, clock, builder => builder.Services.AddSingleton<ILoggerProvider>(log));
}
