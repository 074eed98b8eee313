using KubeNetSim.DataPlane;
using KubeNetSim.Engine;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>What nodes remember when they choose endpoints: clients under session affinity, and the turns of IPVS schedulers.</summary>
internal sealed class Balancing(KubeProxyConfiguration proxy)
{
    private readonly Dictionary<(int Node, int Key, IpAddress Client), Remembered> _clients = [];

    /// <summary>Chooses one of the endpoints that a node's rules allow.</summary>
    /// <param name="node">The node.</param>
    /// <param name="decision">Its decision: forward.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="now">Simulated time [ns].</param>
    /// <param name="stream">Draws where the mode draws.</param>
    /// <param name="byAffinity">Whether the client went back to where it was before.</param>
    /// <returns>Index into the decision's endpoints.</returns>
    public int Choose(int node, in Decision decision, in Packet packet, long now, RandomStream stream, out bool byAffinity)
    {
        byAffinity = false;
        if (decision.AffinityTimeoutNs == 0)
            return Balance(node, decision, packet, stream);
        (int, int, IpAddress) client = (node, decision.AffinityKey, packet.Source);
        if (_clients.TryGetValue(client, out Remembered known) && now - known.At <= decision.AffinityTimeoutNs
            && Find(decision.Endpoints, known) is >= 0 and int place)
        {
            byAffinity = true;
            _clients[client] = known with { At = now };
            return place;
        }
        int chosen = Balance(node, decision, packet, stream);
        EndpointEntry endpoint = decision.Endpoints[chosen];
        _clients[client] = new Remembered(endpoint.Address, endpoint.Port, now);
        return chosen;
    }

    // iptables: statistic --mode random; nftables: numgen random.
    private int Balance(int node, in Decision decision, in Packet packet, RandomStream stream) =>
        decision.Endpoints.Count == 1 ? 0
        : stream.NextInt(decision.Endpoints.Count);

    private static int Find(EndpointSet endpoints, Remembered known)
    {
        for (int place = 0; place < endpoints.Count; place++)
            if (endpoints[place].Address == known.Address && endpoints[place].Port == known.Port)
                return place;
        return Topology.None;
    }

    private readonly record struct Remembered(IpAddress Address, int Port, long At);
}
