namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>The virtual servers that kube-proxy makes on a node in IPVS mode, as <c>ipvsadm-save -n</c> writes them (pkg/proxy/ipvs/proxier.go).</summary>
internal static class IpvsRules
{
    /// <summary>The virtual servers of one port, each followed by its real servers.</summary>
    public static IEnumerable<string> OfPort(NodeSnapshot snapshot, ServicePortEntry port)
    {
        foreach ((FrontendKind kind, FrontendKey key) in Frontend.KeysOf(port))
            foreach (IpAddress address in kind == FrontendKind.NodePort ? snapshot.Node.Addresses.WithNodePorts(port.Family) : [key.Address])
            {
                yield return VirtualServer(snapshot, port, kind, address);
                foreach (EndpointEntry endpoint in IpvsRouting.RealServers(snapshot.Node, port, kind).ToList())
                    yield return RealServer(port, kind, address, endpoint);
            }
    }

    /// <summary>The line of a virtual server. With mh kube-proxy always asks that source ports count too (FlagSourceHash).</summary>
    public static string VirtualServer(NodeSnapshot snapshot, ServicePortEntry port, FrontendKind kind, IpAddress address) =>
        $"-A {ServerOf(port, kind, address)} -s {snapshot.Node.IpvsScheduler}"
        + (snapshot.Node.IpvsScheduler == "mh" ? " -b mh-port" : "")
        + (port.AffinityTimeoutNs > 0 ? $" -p {port.Service.AffinitySeconds}" : "");

    /// <summary>The line of a real server; <c>-m</c> is masquerading, IPVS' word for translating both ways.</summary>
    public static string RealServer(ServicePortEntry port, FrontendKind kind, IpAddress address, in EndpointEntry endpoint) =>
        $"-a {ServerOf(port, kind, address)} -r {endpoint} -m -w {endpoint.Weight}";

    private static string ServerOf(ServicePortEntry port, FrontendKind kind, IpAddress address)
    {
        string option = port.Port.Protocol switch { Protocol.UDP => "-u", Protocol.SCTP => "--sctp-service", _ => "-t" };
        return $"{option} {new EndpointEntry(address, kind == FrontendKind.NodePort ? port.NodePort : port.Port.Port, -1, -1)}";
    }
}
