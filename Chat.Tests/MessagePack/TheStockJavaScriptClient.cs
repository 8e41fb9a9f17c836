using System.Diagnostics;
using Chat.Tests.Support;

namespace Chat.Tests.MessagePack;

/// <summary>The published packages @microsoft/signalr and @microsoft/signalr-protocol-msgpack, as they are, on Node.</summary>
public sealed class TheStockJavaScriptClient
{
    [Fact]
    public async Task Sees_the_same_under_both_protocols()
    {
        await using var server = await MirrorServer.Start();
        var folder = Path.Combine(Repository.Root, "Chat.Tests", "Node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@microsoft", "signalr-protocol-msgpack"))) await Run(folder, "npm", "ci");

        (await Run(folder, "node", "messagepack.mjs", server.WebSocket.ToString())).Should().EndWith("The same under both protocols.\n");
    }

    private static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0, "{0} {1} said:\n{2}{3}", program, arguments[0], await output, await errors);
        return await output;
    }
}
