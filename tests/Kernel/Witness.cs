using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KubeNetSim.Tests.Kernel;

/// <summary>A server at one address and port that tells each client which server it has reached and under which address.</summary>
internal sealed class Witness : IDisposable
{
    private readonly Socket _socket;
    private readonly string _name;

    /// <summary>Listens.</summary>
    public Witness(NetworkNamespace where, IpAddress address, int port, Protocol protocol)
    {
        _name = new Place(address, port).ToString();
        _socket = where.Run(() => Sockets.Bound(address, port, protocol));
        if (protocol == Protocol.TCP)
            _socket.Listen(1024);
        _ = protocol == Protocol.TCP ? Answer(AnswerCaller) : Answer(AnswerDatagram);
    }

    public void Dispose() => _socket.Dispose();

    private static async Task Answer(Func<Task> next)
    {
        while (true)
            try
            {
                await next();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that has hung up: the next one may still come.
            }
    }

    private async Task AnswerCaller()
    {
        using Socket caller = await _socket.AcceptAsync();
        await caller.SendAsync(Told(caller.RemoteEndPoint!));
    }

    private async Task AnswerDatagram()
    {
        SocketReceiveFromResult datagram = await _socket.ReceiveFromAsync(new byte[1], new IPEndPoint(Sockets.Any(_socket.AddressFamily), 0));
        await _socket.SendToAsync(Told(datagram.RemoteEndPoint), datagram.RemoteEndPoint);
    }

    private byte[] Told(EndPoint peer) => Encoding.ASCII.GetBytes($"{_name} {((IPEndPoint)peer).Address}");
}

/// <summary>Address and port.</summary>
internal readonly record struct Place(IpAddress Address, int Port)
{
    public override string ToString() => Address.Family == IpFamily.IPv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
