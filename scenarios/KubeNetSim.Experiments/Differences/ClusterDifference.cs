using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Experiments.Differences;

/// <summary>What controllers and kube-proxy make of two sets of manifests, where it differs.</summary>
internal static class ClusterDifference
{
    // Nodes with the same endpoints have the same rules, so that a few say enough of many.
    private const int MostNodes = 10;

    public static ImmutableArray<DiffFact> Of(DiffSide old, DiffSide other)
    {
        List<DiffFact> facts = [];
        void Add(string subject, string what, string before, string after)
        {
            if (before != after)
                facts.Add(new DiffFact(subject, what, before, after));
        }
        Cluster before = old.Input.Cluster, after = other.Input.Cluster;
        Add("cluster", "nodes", Count(before.Nodes.Length), Count(after.Nodes.Length));
        Add("cluster", "pods", Pods(before), Pods(after));
        Add("cluster", "Services", Count(before.Services.Length), Count(after.Services.Length));
        Add("cluster", "kube-proxy", before.KubeProxy.Mode, after.KubeProxy.Mode);
        Add("cluster", "rules a node", Rules(old), Rules(other));
        ILookup<string, Endpoint> oldEndpoints = Endpoints(before), newEndpoints = Endpoints(after);
        foreach (string service in before.Services.Concat(after.Services).Where(item => !item.IsBackground).Select(item => item.Meta.FullName).Distinct().Order(StringComparer.Ordinal))
        {
            Add($"Service {service}", "ready endpoints", Ready(oldEndpoints[service]), Ready(newEndpoints[service]));
            Add($"Service {service}", "zones in hints", Hints(oldEndpoints[service]), Hints(newEndpoints[service]));
            Add($"Service {service}", "load balancer", Address(before, service), Address(after, service));
        }
        return [.. facts];
    }

    private static ILookup<string, Endpoint> Endpoints(Cluster cluster) => cluster.EndpointSlices
        .SelectMany(slice => slice.Endpoints.Select(endpoint => (Service: $"{slice.Meta.Namespace}/{slice.ServiceName}", endpoint))).ToLookup(pair => pair.Service, pair => pair.endpoint);

    private static string Pods(Cluster cluster) =>
        cluster.Pods.Count(pod => pod.NodeName is null) is > 0 and var pending ? $"{Count(cluster.Pods.Length)} ({Count(pending)} Pending)" : Count(cluster.Pods.Length);

    private static string Ready(IEnumerable<Endpoint> endpoints) => Count(endpoints.Count(endpoint => endpoint.IsReady));

    private static string Hints(IEnumerable<Endpoint> endpoints) =>
        string.Join(", ", endpoints.SelectMany(endpoint => endpoint.ZoneHints).GroupBy(zone => zone).OrderBy(zone => zone.Key, StringComparer.Ordinal).Select(zone => $"{zone.Key}: {zone.Count()}")) is { Length: > 0 } hints ? hints : "none";

    private static string Address(Cluster cluster, string service) => cluster.Services.FirstOrDefault(item => item.Meta.FullName == service) is { Type: ServiceType.LoadBalancer } found
        ? found.LoadBalancerIngress.IsEmpty ? "pending" : "has an address" : "none";

    private static string Rules(DiffSide side)
    {
        int[] counts = [.. side.Input.Cluster.Nodes.Take(MostNodes).Select(node => RuleListing.Of(Snapshots.AtStart(side.Input.Scenario, side.Input.Cluster, node), null).Count(IsRule))];
        return counts.Length == 0 ? "0" : counts.Min() == counts.Max() ? Count(counts[0]) : $"{Count(counts.Min())} to {Count(counts.Max())}";
    }

    // Lines that name tables and chains are no rules, nor are comments.
    private static bool IsRule(string line) => line.Trim() is { Length: > 0 } text && text[0] is not ('#' or ':' or '*' or '}') && text != "COMMIT" && !text.EndsWith('{');

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
