using System.Net.Sockets;
using System.Text;

namespace Chat.Tests.Support;

/// <summary>HTTP as no client would send it.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What comes back first.</summary>
    public static async Task<string> Ask(string url, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", new Uri(url).Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        var answer = new byte[4_096];
        using CancellationTokenSource late = new(Patience);
        var length = await client.GetStream().ReadAsync(answer, late.Token);
        return Encoding.UTF8.GetString(answer, 0, length);
    }
}
