namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>The chains of one port with endpoints: source ranges, external traffic, the choice of an endpoint, each endpoint.</summary>
internal sealed class PortChains(ProxyNode node, ServicePortEntry port, IptablesText text)
{
    private readonly EndpointSet _cluster = port.UsesClusterEndpoints ? port.Selection.Cluster(node.Index, node.Zone) : default;
    private readonly EndpointSet _local = port.UsesLocalEndpoints ? port.Selection.Local(node.Index) : default;

    public IEnumerable<IptablesRule> Firewall()
    {
        if (port.SourceRanges.IsEmpty)
            yield break;
        foreach (Cidr range in port.SourceRanges)
            yield return text.Allowed(range.ToString());
        if (node.Addresses.IsPrimaryIn(port.SourceRanges))
            foreach (IpAddress balancer in port.LoadBalancerIPs)
                yield return text.Allowed(balancer.ToString());
        yield return text.FirewallEnd();
        foreach (IpAddress balancer in port.LoadBalancerIPs)
            yield return text.FirewallDrop(balancer);
    }

    public IEnumerable<IptablesRule> External()
    {
        if (!port.IsExternallyAccessible)
            yield break;
        if (!port.IsExternallyLocal)
        {
            yield return text.MasqueradeExternal();
            yield return text.ExternalToAll();
            yield break;
        }
        if (node.LocalTraffic.CanTell(port.Family))
            yield return text.ExternalFromPods();
        yield return text.MasqueradeNode();
        yield return text.ExternalFromNode();
        if (_local.Count > 0)
            yield return text.ExternalToLocal();
    }

    public IEnumerable<IptablesRule> Choices()
    {
        IEnumerable<IptablesRule> all = Choices(text.Svc, _cluster, isInternal: !port.IsInternallyLocal);
        return all.Concat(Choices(text.Svl, _local, isInternal: port.IsInternallyLocal));
    }

    public IEnumerable<IptablesRule> Endpoints()
    {
        foreach (EndpointEntry endpoint in _cluster.ToList().Union(_local.ToList()))
        {
            yield return text.Hairpin(endpoint);
            yield return text.Translation(endpoint);
        }
    }

    private IEnumerable<IptablesRule> Choices(string chain, EndpointSet endpoints, bool isInternal)
    {
        if (endpoints.Count == 0)
            yield break;
        if (isInternal && text.MasqueradeInternal() is { } masquerade)
            yield return masquerade;
        for (int i = 0; i < endpoints.Count && port.AffinityTimeoutNs > 0; i++)
            yield return text.Returning(chain, endpoints[i]);
        for (int i = 0; i < endpoints.Count; i++)
            yield return text.Choice(chain, endpoints, i);
    }
}
