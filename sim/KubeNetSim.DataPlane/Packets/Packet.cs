namespace KubeNetSim.DataPlane.Packets;

/// <summary>How a packet came to the node whose rules it meets.</summary>
public enum PacketSource : byte
{
    /// <summary>From outside the node: another node, its pods, a load balancer or the world.</summary>
    External,

    /// <summary>From a pod on this node.</summary>
    Pod,

    /// <summary>From a process on the node itself, host-network pods included.</summary>
    Node,
}

/// <summary>
/// The first packet of a connection, as it reaches a node's rules. May be written field by field, which in a run takes less time than copying a whole one.
/// </summary>
/// <param name="Source">Address of the sender.</param>
/// <param name="Destination">Address that the sender wrote to.</param>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="DestinationPort">Port that the sender wrote to, 1 to 65535.</param>
/// <param name="SourcePort">Port of the sender, 0 to 65535; no rule reads it, hashes may.</param>
/// <param name="From">How it came to the node.</param>
public record struct Packet(
    IpAddress Source, IpAddress Destination, Protocol Protocol, int DestinationPort, int SourcePort, PacketSource From);
