namespace KubeNetSim.DataPlane.Packets;

/// <summary>What a node does with a packet.</summary>
public enum Verdict : byte
{
    /// <summary>The destination is rewritten to one of the endpoints.</summary>
    Forward,

    /// <summary>The sender gets a refusal at once (ICMP port unreachable, or a reset).</summary>
    Reject,

    /// <summary>The packet vanishes; the sender waits until it gives up.</summary>
    Drop,

    /// <summary>A rule lets the packet in to a process of the node: the health check of a Service.</summary>
    Accept,

    /// <summary>No rule concerns the packet: it goes where routing says.</summary>
    PassThrough,
}

/// <summary>Why a node decided as it did.</summary>
public enum DecisionReason : byte
{
    /// <summary>No rule names the destination.</summary>
    NoRule,

    /// <summary>The traffic policy left endpoints to choose from.</summary>
    EndpointsFound,

    /// <summary>The Service has no usable endpoint anywhere.</summary>
    NoEndpoints,

    /// <summary>The traffic policy is Local and the node has no endpoint.</summary>
    NoLocalEndpoints,

    /// <summary>The sender is outside of <c>loadBalancerSourceRanges</c>.</summary>
    SourceNotAllowed,

    /// <summary>The address belongs to a Service that does not have this port.</summary>
    UndefinedPort,

    /// <summary>The address lies in the cluster's Service block and no Service owns it.</summary>
    UnallocatedAddress,

    /// <summary>The port is the health check node port of a Service.</summary>
    HealthCheck,
}
