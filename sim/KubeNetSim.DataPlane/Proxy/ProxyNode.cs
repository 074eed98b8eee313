namespace KubeNetSim.DataPlane.Proxy;

/// <summary>What kube-proxy on one node knows besides Services: stays the same from sync to sync.</summary>
internal sealed class ProxyNode
{
    private readonly Node _node;

    public ProxyNode(ServiceTable services, Node node, KubeProxyConfiguration configuration, IptablesBackend backend, ProxyMode mode)
    {
        _node = node;
        Index = services.Names.NodeOf(node.Meta.Name);
        Zone = services.Names.ZoneOf(node.Zone);
        Mode = mode;
        Backend = backend;
        IpvsScheduler = configuration.IpvsScheduler.Length == 0 ? "rr" : configuration.IpvsScheduler;
        MasqueradeAll = configuration.MasqueradeAll;
        Addresses = new NodeAddresses(node, configuration, mode);
        LocalTraffic = new LocalTraffic(configuration, node, services.PodCidrs);
    }

    /// <summary>The node's number; -1 where the cluster does not list it.</summary>
    public int Index { get; }

    /// <summary>Its zone's number; -1 without a zone.</summary>
    public int Zone { get; }

    public ProxyMode Mode { get; }

    public IptablesBackend Backend { get; }

    public string IpvsScheduler { get; }

    public bool MasqueradeAll { get; }

    public NodeAddresses Addresses { get; }

    public LocalTraffic LocalTraffic { get; }

    public string Name => _node.Meta.Name;

    /// <summary>Whether kube-proxy says that the node may get traffic of load balancers (pkg/proxy/healthcheck/proxy_health.go).</summary>
    public bool IsEligibleForTraffic => !_node.Taints.Any(taint => taint.Key == Node.AutoscalerTaint);

    /// <summary>Whether the address is one that the node gives to pods.</summary>
    public bool HasPod(IpAddress address)
    {
        foreach (Cidr block in _node.PodCidrs)
            if (block.Contains(address))
                return true;
        return false;
    }

    /// <summary>Whether the packet is known to come from a pod.</summary>
    public bool IsFromPod(in Packet packet) => LocalTraffic.Matches(packet);

    /// <summary>Whether the packet comes from the node itself.</summary>
    public bool IsFromNode(in Packet packet) => packet.From == PacketSource.Node || Addresses.IsOwn(packet.Source);

    /// <summary>
    /// Whether the source may use the Service's load balancer addresses. Where the node itself may, so may those addresses as sources:
    /// a node that owns them picks them (pkg/proxy/iptables/proxier.go, allowFromNode).
    /// </summary>
    public bool MayUseLoadBalancer(ServicePortEntry port, in Packet packet)
    {
        if (port.SourceRanges.IsEmpty)
            return true;
        foreach (Cidr range in port.SourceRanges)
            if (range.Contains(packet.Source))
                return true;
        return port.LoadBalancerIPs.Contains(packet.Source) && Addresses.IsPrimaryIn(port.SourceRanges);
    }
}
