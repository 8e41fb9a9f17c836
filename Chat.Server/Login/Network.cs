using System.Net;
using System.Net.Sockets;

namespace Chat.Server.Login;

/// <summary>What counts as one address: whoever has one of IPv6 has the 2^64 of its network.</summary>
internal static class Network
{
    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
