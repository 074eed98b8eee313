namespace KubeNetSim.Simulation.Network;

/// <summary>A place that requests come from.</summary>
/// <param name="From">Outside, a pod, or a process of a node.</param>
/// <param name="Node">Its node; <see cref="Topology.None"/> outside.</param>
/// <param name="Pod">Its pod; <see cref="Topology.None"/> where it is none.</param>
/// <param name="Address">The address that its packets carry.</param>
internal readonly record struct Source(PacketSource From, int Node, int Pod, IpAddress Address)
{
    /// <summary>
    /// Addresses of clients outside: the block for benchmarks (RFC 2544 appendix C.2.2), which no cluster uses and no real client has.
    /// </summary>
    public static Cidr OutsideClients { get; } = Cidr.Parse("198.18.0.0/15");

    /// <summary>The client outside with this number.</summary>
    public static Source Outside(int number) =>
        new(PacketSource.External, Topology.None, Topology.None, OutsideClients.First.Plus((UInt128)number + 1));
}
