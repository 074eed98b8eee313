using System.Net;
using System.Net.Sockets;

namespace KubeNetSim.Tests.Kernel;

/// <summary>Sockets of the namespace that the calling thread is in.</summary>
internal static class Sockets
{
    public static IPAddress Any(AddressFamily family) => family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;

    /// <summary>A socket with an address and port of its own.</summary>
    public static Socket Bound(IpAddress address, int port, Protocol protocol)
    {
        Socket socket = protocol == Protocol.TCP
            ? new Socket(FamilyOf(address), SocketType.Stream, ProtocolType.Tcp)
            : new Socket(FamilyOf(address), SocketType.Dgram, ProtocolType.Udp);
        if (protocol == Protocol.TCP)
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(EndPointOf(address, port));
        return socket;
    }

    public static IPEndPoint EndPointOf(IpAddress address, int port) => new(IPAddress.Parse(address.ToString()), port);

    private static AddressFamily FamilyOf(IpAddress address) =>
        address.Family == IpFamily.IPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
}
