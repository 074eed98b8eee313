namespace KubeNetSim.Simulation.Network;

/// <summary>What a packet reaches next.</summary>
internal enum HopKind : byte
{
    /// <summary>A load balancer outside the cluster.</summary>
    LoadBalancer,

    /// <summary>A node whose rules must say where it goes from there.</summary>
    Node,

    /// <summary>The backend that answers: a pod, or a host outside the cluster.</summary>
    Backend,

    /// <summary>Nothing: the sender gets a reset or an ICMP error.</summary>
    Refused,

    /// <summary>Nothing: the packet is lost, and the sender gets no answer.</summary>
    Lost,
}

/// <summary>One step of a packet's path.</summary>
/// <param name="Kind">What it reaches.</param>
/// <param name="Number">Number of the load balancer's listener, node or backend.</param>
/// <param name="Distance">Length of the leg that leads there.</param>
/// <param name="Moves">Whether the packet leaves its machine on this leg.</param>
internal readonly record struct Hop(HopKind Kind, int Number, Distance Distance, bool Moves)
{
    public static Hop Refused { get; } = new(HopKind.Refused, Topology.None, Distance.SameNode, false);

    public static Hop Lost { get; } = new(HopKind.Lost, Topology.None, Distance.SameNode, false);
}
