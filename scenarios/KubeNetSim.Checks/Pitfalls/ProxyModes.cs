namespace KubeNetSim.Checks.Pitfalls;

/// <summary>What the proxy's mode costs with as many Services as there are, by the work that the router counts and the cost profile.</summary>
internal static class ProxyModes
{
    /// <summary>Where a list of rules begins to be felt: about 1,000 Services.</summary>
    private const int ManyServices = 1_000;

    /// <summary>Services that the mean is taken over: enough for its second digit.</summary>
    private const int Sample = 200;

    private static readonly IpAddress Elsewhere = IpAddress.Parse("198.18.0.1");

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        ProxyMode mode = ProxyModeList.BuiltIn.Of(inspection.Cluster.KubeProxy.Mode);
        int services = inspection.Cluster.Services.Count(service => service.Meta.Origin.IsWritten || service.IsBackground);
        bool isLong = mode.ComparesServicesInOrder && services > ManyServices;
        (ObjectOrigin origin, string field) = Place(inspection);
        if (mode.Deprecation is { } deprecation)
            yield return Finding.Warning("ipvs-deprecated", origin, field, $"IPVS mode is {deprecation}", "mode: nftables, with Linux 5.13 or later");
        if (!isLong || inspection.Network.Value.Services.Ports.Count == 0 || inspection.Cluster.Nodes.IsEmpty)
            yield break;
        Cost iptables = CostOf(inspection, mode);
        Cost nftables = CostOf(inspection, ProxyModeList.BuiltIn.Of(ProxyModeNames.Nftables));
        yield return Finding.Warning("many-services-iptables", origin, field,
            $"{Finding.Number(services)} Services in iptables mode: a new connection is compared with {Finding.Number(iptables.Rules)} rules on average, one to anything else with {Finding.Number(iptables.RulesElsewhere)}, and each change of an endpoint copies the whole table, which takes {Finding.Time(iptables.SyncNs)}",
            "mode: nftables in the KubeProxyConfiguration, which looks Services up whatever their number");
        yield return Finding.Advice("advice-proxy-mode", origin, field,
            $"Rules cost a new connection to a Service {Finding.Time(iptables.Ns)} in iptables mode and {Finding.Time(nftables.Ns)} in nftables mode; one to anything else {Finding.Time(iptables.NsElsewhere)} and {Finding.Time(nftables.NsElsewhere)}; a change of an endpoint {Finding.Time(iptables.SyncNs)} and {Finding.Time(nftables.SyncNs)}",
            "mode: nftables");
    }

    /// <summary>Means over Services: what the rules of a mode cost beyond what every new connection costs.</summary>
    private readonly record struct Cost(double Rules, double Ns, double RulesElsewhere, double NsElsewhere, long SyncNs);

    private static Cost CostOf(Inspection inspection, ProxyMode mode)
    {
        ServiceTable services = inspection.Network.Value.Services;
        Node node = inspection.Cluster.Nodes[0];
        BackendCosts costs = inspection.Scenario.Costs.Of(mode.CostsKey(inspection.Scenario.IptablesBackend));
        KubeProxyConfiguration proxy = inspection.Cluster.KubeProxy with { Mode = mode.Name };
        NodeSnapshot snapshot = ProxyModeList.BuiltIn.Program(services, node, proxy, inspection.Scenario.IptablesBackend, inspection.Scenario.Run.Seed);
        int step = Math.Max(1, services.Ports.Count / Sample);
        List<Work> works = [];
        for (int index = 0; index < services.Ports.Count; index += step)
            works.Add(WorkOf(snapshot, node, services.Ports[index].ClusterIP, services.Ports[index].Port));
        Work elsewhere = WorkOf(snapshot, node, Elsewhere, new ServicePort { Port = 443 });
        return new Cost(works.Average(Rules), works.Average(work => Extra(work, costs)), Rules(elsewhere), Extra(elsewhere, costs),
            costs.Sync.Of(services.Ports.Count, services.EndpointCount));
    }

    private static Work WorkOf(NodeSnapshot snapshot, Node node, IpAddress destination, ServicePort port)
    {
        Decision decision = snapshot.Decide(ServiceNetwork.FromPodOf(node, destination, port.Protocol, port.Port));
        return snapshot.WorkOf(decision, decision.Endpoints.Count / 2);
    }

    private static double Rules(Work work) => work.DispatchRules + work.EndpointRules;

    private static double Extra(Work work, BackendCosts costs) => work.CostNs(costs) - costs.NewConnectionNs;

    // Where the mode is said; where nobody says it, where the Services are said that make it matter.
    private static (ObjectOrigin Origin, string Field) Place(Inspection inspection)
    {
        ClusterSettings settings = inspection.Scenario.Cluster;
        if (inspection.Scenario.Objects.KubeProxy is { } proxy)
            return (proxy.Origin, "mode");
        if (settings.Origin.IsWritten)
            return (settings.Origin, Finding.FirstWritten(settings.Origin, "kubeProxy.mode", "backgroundServices", "kubeProxy"));
        return (inspection.Services.Length > ManyServices ? inspection.Services[ManyServices].Meta.Origin : ObjectOrigin.Generated, "metadata.name");
    }
}
