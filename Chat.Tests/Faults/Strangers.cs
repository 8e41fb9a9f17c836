using System.Net.WebSockets;
using System.Text;
using Chat.Tests.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.MessagePack;
using Chat.Tests.Safety;
using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.Faults;

/// <summary>
/// Strangers at the real process who send broken handshakes and broken frames of both protocols, and then nothing more. CHAT_FAULT_STRANGERS
/// says how many (300), CHAT_FUZZ_SEED with what luck.
/// </summary>
public sealed class Strangers
{
    private const int AtOnce = 100;
    private const int Frames = 10;
    private const int AnonymousLimit = 5;
    private const long MostMemory = 200_000_000;
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(60);
    private static readonly string[] Bad = [" WRN ", " ERR ", " FTL "];
    private static readonly int Seed = Size.Of("CHAT_FUZZ_SEED", Random.Shared.Next(1, int.MaxValue));

    private static readonly byte[][] Texts = [.. Contract.Methods.Select(method =>
        Encoding.UTF8.GetBytes(RawConnection.Frame(method.Name, "1", RawConnection.ToJson(Specimen.Of(method.Request))) + RawConnection.End))];

    private static readonly byte[][] Binary = [.. Contract.Methods.Select(method =>
        Wire.Protocol.GetMessageBytes(new InvocationMessage("1", method.Name, [Specimen.Of(method.Request)])).ToArray())];

    [Fact]
    public async Task Each_is_closed_none_is_left_hanging_and_the_server_is_well()
    {
        await using var server = await ServerProcess.Start([.. Relaxed.Settings, $"--Delivery:AnonymousLimit={AnonymousLimit}"]);
        await using var ann = await Guest.Register(server.Url, "ann");
        await using var bob = await Guest.Register(server.Url, "bob");
        var memory = server.Holds.Memory;
        var warnings = Warnings(server);

        for (var strangers = Size.Of("CHAT_FAULT_STRANGERS", 300); strangers > 0; strangers -= AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => Visit(server.Url, new(Seed + strangers + number))));
            var said = await ann.Send(ann.Session.Lobby!.Value, "undisturbed");
            await bob.Hears(ann.Session.Lobby!.Value, said.Value!.Seq);
        }

        (server.Holds.Memory - memory).Should().BeLessThan(MostMemory, $"with CHAT_FUZZ_SEED={Seed}");
        Warnings(server).Should().Be(warnings, $"whatever is sent is no fault of the server (CHAT_FUZZ_SEED={Seed})");
        server.Errors.Should().BeEmpty();
    }

    private static async Task Visit(string url, Random random)
    {
        using ClientWebSocket socket = new();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using CancellationTokenSource late = new(Closing);
        await socket.ConnectAsync(new Uri($"{url.Replace("http://", "ws://", StringComparison.Ordinal)}/chat"), late.Token);
        var reading = Drain(socket, late.Token);
        var isBinary = random.Next(2) == 0;
        try
        {
            var handshake = Encoding.UTF8.GetBytes($$"""{"protocol":"{{(isBinary ? "messagepack" : "json")}}","version":1}{{RawConnection.End}}""");
            await socket.SendAsync(random.Next(3) == 0 ? Mutations.Broken(handshake, random) : handshake, WebSocketMessageType.Text, true, late.Token);
            for (var number = random.Next(Frames); number > 0; number--)
            {
                await socket.SendAsync(isBinary ? Mutations.Broken(Some(Binary, random), random) : Mutations.Broken(Some(Texts, random), random),
                    isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, late.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // Closed already.
        }
        await reading; // an operation that is cancelled here has hung
    }

    private static async Task Drain(ClientWebSocket socket, CancellationToken late)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), late)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (WebSocketException)
        {
            // Cut.
        }
    }

    private static int Warnings(ServerProcess server) =>
        server.Output.Count(line => Bad.Any(level => line.Contains(level, StringComparison.Ordinal)) && !line.Contains(LogBook.MachineIsBusy, StringComparison.Ordinal));

    private static byte[] Some(byte[][] good, Random random) => good[random.Next(good.Length)];
}
