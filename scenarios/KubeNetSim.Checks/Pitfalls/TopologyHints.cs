namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Topology: hints by zone CPU that the controller withdraws, two settings at a time, and what PreferSameZone would do.</summary>
internal static class TopologyHints
{
    private const string Mode = "metadata.annotations[service.kubernetes.io/topology-mode]";
    private const string Hints = "metadata.annotations[service.kubernetes.io/topology-aware-hints]";

    /// <summary>Traffic between zones that is worth a word.</summary>
    private const double MuchCrossZone = 0.1;

    /// <summary>How far the busiest pod may be from an even share for the advice to be good.</summary>
    private const double MostBusy = 1.5;

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        List<(Service Service, int[] Clients, string Field)> candidates = [];
        foreach (Service service in inspection.Services)
        {
            string? withdrawn = inspection.EventsOf(service).FirstOrDefault(item => item.Reason == "TopologyAwareHintsDisabled")?.Message;
            bool isByCpu = withdrawn is not null || inspection.EventsOf(service).Any(item => item.Reason == "TopologyAwareHintsEnabled");
            string field = Finding.FirstWritten(service.Meta.Origin, Hints, Mode);
            if (isByCpu && service.TrafficDistribution is { } distribution)
                yield return Finding.Warning("topology-settings-compete", service.Meta, "spec.trafficDistribution",
                    $"Service {service.Meta.FullName} has the annotation topology-mode as well, which outranks trafficDistribution: {distribution}", "leave the annotation out");
            if (withdrawn is not null && inspection.PodsOf(service).Any())
                yield return Finding.Warning("topology-hints-disabled", service.Meta, field,
                    $"Service {service.Meta.FullName} asks for hints by zone and gets none ({withdrawn.Split(", addressType")[0]}): traffic goes to all zones",
                    "trafficDistribution: PreferSameZone instead of the annotation, which needs no balance; or more pods, spread over the zones");
            if (withdrawn is not null)
                candidates.Add((service, [.. Enumerable.Range(0, inspection.Cluster.Nodes.Length)], field));
        }
        candidates.AddRange(Callers.InsideOf(inspection).Where(call => IsOpen(call.Service)).Select(call => (call.Service, call.Nodes, "spec")));
        foreach (Problem advice in Advise(inspection, [.. candidates.DistinctBy(candidate => candidate.Service.Meta.FullName)]))
            yield return advice;
    }

    private static bool IsOpen(Service service) =>
        service is { TrafficDistribution: null, InternalTrafficPolicy: TrafficPolicy.Cluster, AffinitySeconds: null }
        && !service.Meta.Annotations.ContainsKey("service.kubernetes.io/topology-mode");

    // The same cluster with the other setting, asked the same question.
    private static IEnumerable<Problem> Advise(Inspection inspection, (Service Service, int[] Clients, string Field)[] candidates)
    {
        if (candidates.Length == 0 || inspection.Cluster.Nodes.Select(node => node.Zone).Distinct().Count() < 2)
            yield break;
        Dictionary<string, Service> preferring = Preferring(inspection, candidates, out ServiceNetwork other);
        foreach ((Service service, int[] clients, string field) in candidates)
        {
            if (service.ClusterIPs.IsEmpty || service.Ports.IsEmpty)
                continue;
            ServiceShares now = inspection.Network.Value.FromPods(service, service.Ports[0], clients);
            Service changed = preferring[service.Meta.FullName];
            ServiceShares then = other.FromPods(changed, changed.Ports[0], clients);
            if (now.CrossZone - then.CrossZone >= MuchCrossZone && then.Busiest <= Math.Max(MostBusy, now.Busiest))
                yield return Finding.Advice("advice-topology", service.Meta.Origin, field,
                    $"{Finding.Percent(now.CrossZone)} of the connections to Service {service.Meta.FullName} go to another zone; with PreferSameZone it would be {Finding.Percent(then.CrossZone)}, and the busiest pod would get {Finding.Percent(then.Loads[0])} where {Finding.Percent(1.0 / then.Loads.Length)} were even",
                    "trafficDistribution: PreferSameZone");
        }
    }

    private static Dictionary<string, Service> Preferring(
        Inspection inspection, (Service Service, int[] Clients, string Field)[] candidates, out ServiceNetwork network)
    {
        HashSet<string> names = [.. candidates.Select(candidate => candidate.Service.Meta.FullName)];
        ClusterObjects objects = inspection.Scenario.Objects;
        Scenario scenario = inspection.Scenario with
        {
            Objects = objects with { Services = [.. objects.Services.Select(service => names.Contains(service.Meta.FullName) ? Prefer(service) : service)] },
        };
        Cluster cluster = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Cluster;
        network = new ServiceNetwork(scenario, cluster);
        return cluster.Services.Where(service => names.Contains(service.Meta.FullName)).ToDictionary(service => service.Meta.FullName, StringComparer.Ordinal);
    }

    private static Service Prefer(Service service) => service with
    {
        TrafficDistribution = "PreferSameZone",
        Meta = service.Meta with { Annotations = service.Meta.Annotations.Remove("service.kubernetes.io/topology-mode").Remove("service.kubernetes.io/topology-aware-hints") },
    };
}
