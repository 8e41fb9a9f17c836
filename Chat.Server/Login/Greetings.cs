using Chat.Contracts;
using Chat.Server.Users;

namespace Chat.Server.Login;

/// <summary>What a client may say of itself.</summary>
internal static class Greetings
{
    private const int ShortestHeartbeat = 1_000;
    private const int LongestHeartbeat = 30_000;

    public static Refusal? Check(Greeting greeting, string? device)
    {
        if (greeting.Protocol is { } protocol && protocol != Limits.Protocol) return Refusal.UnsupportedVersion.Of("protocol");
        if (greeting.HeartbeatMs is < ShortestHeartbeat or > LongestHeartbeat) return Refusal.Invalid.Of("heartbeatMs");
        return Check(greeting.Client, "client") ?? Check(device, "device");
    }

    /// <summary>What the session list calls the device.</summary>
    public static string? Device(Greeting greeting, string? device) => new[] { device, greeting.Client }.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));

    private static Refusal? Check(string? name, string field) =>
        string.IsNullOrWhiteSpace(name) ? null : NameRules.Name(name, Limits.DeviceLength, field).Refusal;
}
