namespace KubeNetSim.Simulation.Network;

/// <summary>
/// The path of the reply. A client accepts a reply only from the address that it called, so the reply must pass the node whose conntrack
/// entry translates it.
/// </summary>
internal static class ReplyPath
{
    /// <summary>
    /// Whether the reply of an endpoint misses the node that translated the packet. That happens where the packet keeps its source
    /// address and the
    /// endpoint is on another machine: the endpoint then answers the client directly, from an address that the client did not call. A
    /// pod's own node
    /// is always on the path of the reply. A process of an IPVS node sends from the virtual address that it calls, which the endpoint's
    /// node owns, too.
    /// </summary>
    /// <param name="packet">The packet at the node.</param>
    /// <param name="decision">The node's decision to forward it.</param>
    /// <param name="masqueraded">Whether the node rewrites its source address.</param>
    /// <param name="hop">Where the chosen endpoint is.</param>
    public static bool MissesNode(in Packet packet, in Decision decision, bool masqueraded, in Hop hop) =>
        !masqueraded && hop.Moves && packet.From switch
        {
            PacketSource.External => true,
            PacketSource.Node => decision.KeepsVirtualSource,
            PacketSource.Pod => false,
            _ => throw new System.Diagnostics.UnreachableException($"source {packet.From}"),
        };

    /// <summary>
    /// Whether a pod's packet leaves the cluster, so that its node rewrites the source address: networks outside have no route to pod
    /// addresses
    /// (the default of CNI plugins and of ip-masq-agent).
    /// </summary>
    /// <param name="packet">The packet at the pod's node.</param>
    /// <param name="hop">Where it goes.</param>
    /// <param name="isMachine">Whether a load balancer there is a machine outside the nodes.</param>
    public static bool LeavesCluster(in Packet packet, in Hop hop, bool isMachine) =>
        packet.From == PacketSource.Pod
        && (hop.Kind == HopKind.LoadBalancer ? isMachine : hop is { Kind: HopKind.Backend, Distance: Distance.Internet });
}
