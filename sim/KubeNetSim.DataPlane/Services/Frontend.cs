namespace KubeNetSim.DataPlane.Services;

/// <summary>By which of its addresses a Service is called.</summary>
public enum FrontendKind : byte
{
    /// <summary>Its cluster IP.</summary>
    ClusterIP,

    /// <summary>One of its external IPs.</summary>
    ExternalIP,

    /// <summary>An address of its load balancer.</summary>
    LoadBalancer,

    /// <summary>A port of a node.</summary>
    NodePort,
}

/// <summary>An address and port that packets for a Service carry; a node port has the unspecified address of its family.</summary>
/// <param name="Address">Address.</param>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="Port">Port at that address.</param>
internal readonly record struct FrontendKey(IpAddress Address, Protocol Protocol, int Port)
{
    public static FrontendKey OfNodePort(IpFamily family, Protocol protocol, int port) => new(new IpAddress(0, family), protocol, port);

    /// <summary>A whole key of IPv4 as one number: 32 bits of address, 16 of port, 2 of protocol.</summary>
    public static ulong Pack(uint address, Protocol protocol, int port) => ((ulong)address << 18) | ((ulong)(uint)port << 2) | (ulong)protocol;

    public override int GetHashCode() => Address.GetHashCode() ^ (int)((uint)((Port << 2) | (int)Protocol) * 0x9E3779B1);
}

/// <summary>A frontend, as a packet finds it.</summary>
/// <param name="Kind">What the address is.</param>
/// <param name="Port">Index of the <see cref="ServicePortEntry"/>.</param>
/// <param name="Index">Its own number among all frontends.</param>
internal readonly record struct Frontend(FrontendKind Kind, int Port, int Index)
{
    /// <summary>
    /// What packets for a compiled port are matched by, cluster IP first: where two coincide, the first has the rule that matches first.
    /// </summary>
    public static IEnumerable<(FrontendKind Kind, FrontendKey Key)> KeysOf(ServicePortEntry port)
    {
        FrontendKey At(IpAddress address) => new(address, port.Port.Protocol, port.Port.Port);

        yield return (FrontendKind.ClusterIP, At(port.ClusterIP));
        foreach (IpAddress address in port.ExternalIPs)
            yield return (FrontendKind.ExternalIP, At(address));
        foreach (IpAddress address in port.LoadBalancerIPs)
            yield return (FrontendKind.LoadBalancer, At(address));
        if (port.NodePort != 0)
            yield return (FrontendKind.NodePort, FrontendKey.OfNodePort(port.Family, port.Port.Protocol, port.NodePort));
    }
}
