using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Support;

/// <summary>
/// A port below those that the system hands out to outgoing connections: while a server is down, a client that keeps trying to connect
/// could otherwise be given the very port and keep it. None is given out twice: it may be taken only seconds later, and let go of for a while.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 22_000;
    private static int _next = Random.Shared.Next(Count);

    public static int Take()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            using TcpListener listener = new(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one will be free.
            }
        }
    }
}
