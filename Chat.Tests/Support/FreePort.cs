using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Support;

/// <summary>
/// A port below those that the system hands out to outgoing connections: while a server is down, a client that keeps trying to connect
/// could otherwise be given the very port and keep it.
/// </summary>
internal static class FreePort
{
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
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
