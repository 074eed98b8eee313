using System.Net.Sockets;
using System.Text;

namespace KubeNetSim.Tests.Kernel;

/// <summary>What became of a connection.</summary>
/// <param name="Server">Who answered: its address and port, or "refused", or "silence".</param>
/// <param name="Client">The client's address as the server saw it; empty where nobody answered.</param>
internal readonly record struct Outcome(string Server, string Client)
{
    public static readonly Outcome Refused = new("refused", "");

    public static readonly Outcome Silence = new("silence", "");
}

/// <summary>Opens connections from the addresses of a lab.</summary>
internal sealed class Dialer(Lab lab)
{
    private const int AtOnce = 32;

    /// <summary>Opens connections one after another, some at a time, and tells what became of each.</summary>
    public async Task<Outcome[]> Dial(IpAddress source, Place destination, Protocol protocol, int times, TimeSpan patience)
    {
        List<Outcome> outcomes = [];
        while (outcomes.Count < times)
        {
            Socket[] sockets = lab.At(source).Run(() =>
                Enumerable.Range(0, Math.Min(AtOnce, times - outcomes.Count)).Select(_ => Sockets.Bound(source, lab.NextPort(), protocol)).ToArray());
            outcomes.AddRange(await Task.WhenAll(sockets.Select(socket => Ask(socket, destination, protocol, patience))));
        }
        return [.. outcomes];
    }

    private static async Task<Outcome> Ask(Socket socket, Place destination, Protocol protocol, TimeSpan patience)
    {
        using CancellationTokenSource time = new(patience);
        byte[] answer = new byte[128];
        try
        {
            await socket.ConnectAsync(Sockets.EndPointOf(destination.Address, destination.Port), time.Token);
            if (protocol == Protocol.UDP)
                await SendDatagram(socket);
            int length = await socket.ReceiveAsync(answer, time.Token);
            string[] words = Encoding.ASCII.GetString(answer, 0, length).Split(' ');
            return new Outcome(words[0], words[1]);
        }
        catch (OperationCanceledException)
        {
            return Outcome.Silence;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return Outcome.Refused;
        }
        finally
        {
            // A reset instead of a farewell: nothing lingers.
            socket.Close(0);
        }
    }

    // A rule of OUTPUT that ends a packet tells its sender "not permitted"; whether it also refuses comes to light a moment later.
    private static async Task SendDatagram(Socket socket)
    {
        try
        {
            await socket.SendAsync(new byte[1]);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AccessDenied)
        {
        }
    }
}
