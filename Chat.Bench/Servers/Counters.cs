using System.Globalization;
using System.Net.Sockets;

namespace Chat.Bench.Servers;

/// <summary>Bytes allocated and collections of each generation, since the start of a process.</summary>
internal sealed record Allocations(long Bytes, int Collections, int OfGeneration2)
{
    public static Allocations operator -(Allocations later, Allocations earlier) =>
        new(later.Bytes - earlier.Bytes, later.Collections - earlier.Collections, later.OfGeneration2 - earlier.OfGeneration2);
}

/// <summary>
/// The runtime's own counters of another process, asked for at a socket. They are there in every server that is measured, by a startup hook,
/// and cost it a thread that sleeps until it is asked.
/// </summary>
internal static class Counters
{
    public const string Variable = "BENCH_COUNTERS";

    public static void Serve(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        new Thread(() => Answer(socket)) { IsBackground = true, Name = "Counters" }.Start();
    }

    public static async Task<Allocations> Ask(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await using NetworkStream stream = new(socket);
        using StreamReader reader = new(stream);
        var numbers = (await reader.ReadToEndAsync()).Split(' ');
        return new(long.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture), int.Parse(numbers[2], CultureInfo.InvariantCulture));
    }

    private static void Answer(Socket socket)
    {
        while (true)
        {
            using var asking = socket.Accept();
            asking.Send(System.Text.Encoding.ASCII.GetBytes($"{GC.GetTotalAllocatedBytes()} {GC.CollectionCount(0)} {GC.CollectionCount(2)}"));
        }
    }
}
