using System.Net;
using System.Net.Sockets;

namespace Chat.Bench.Servers;

/// <summary>Below those that the system hands out to outgoing connections, of which the load needs thousands.</summary>
internal static class FreePort
{
    public static IPEndPoint Take()
    {
        while (true)
        {
            IPEndPoint address = new(IPAddress.Loopback, Random.Shared.Next(10_000, 32_000));
            using TcpListener listener = new(address);
            try
            {
                listener.Start();
                return address;
            }
            catch (SocketException)
            {
                // Taken; another one will be free.
            }
        }
    }
}
