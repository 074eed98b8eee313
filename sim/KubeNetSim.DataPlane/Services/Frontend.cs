using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

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

/// <summary>An address and port that packets for a Service carry.</summary>
/// <param name="Key">What packets are matched by.</param>
/// <param name="Kind">What the address is.</param>
/// <param name="Port">Index of the <see cref="ServicePortEntry"/>.</param>
internal readonly record struct Frontend(FrontendKey Key, FrontendKind Kind, int Port)
{
    /// <summary>All frontends of a compiled port, cluster IP first: where two coincide, the first has the rule that matches first.</summary>
    public static IEnumerable<Frontend> Of(ServicePortEntry port)
    {
        Frontend At(IpAddress address, FrontendKind kind) =>
            new(new FrontendKey(address, port.Port.Protocol, port.Port.Port), kind, port.Index);

        yield return At(port.ClusterIP, FrontendKind.ClusterIP);
        foreach (IpAddress address in port.ExternalIPs)
            yield return At(address, FrontendKind.ExternalIP);
        foreach (IpAddress address in port.LoadBalancerIPs)
            yield return At(address, FrontendKind.LoadBalancer);
        if (port.NodePort != 0)
            yield return new Frontend(FrontendKey.OfNodePort(port.Family, port.Port.Protocol, port.NodePort), FrontendKind.NodePort, port.Index);
    }
}

/// <summary>What a packet is matched by.</summary>
internal readonly record struct FrontendKey(IpAddress Address, int PortAndProtocol)
{
    public FrontendKey(IpAddress address, Protocol protocol, int port)
        : this(address, (port << 2) | (int)protocol)
    {
    }

    /// <summary>A node port has no address of its own: it is filed under the unspecified one of its family.</summary>
    public static FrontendKey OfNodePort(IpFamily family, Protocol protocol, int port) => new(new IpAddress(0, family), protocol, port);

    public override int GetHashCode() => Address.GetHashCode() ^ (int)((uint)PortAndProtocol * 0x9E3779B1);
}
