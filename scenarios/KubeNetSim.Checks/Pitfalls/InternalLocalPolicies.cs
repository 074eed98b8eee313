namespace KubeNetSim.Checks.Pitfalls;

/// <summary><c>internalTrafficPolicy: Local</c>: clients on nodes without a pod of the Service reach nobody.</summary>
internal static class InternalLocalPolicies
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
        {
            if (service.InternalTrafficPolicy != TrafficPolicy.Local || service.Ports.IsEmpty
                || inspection.Network.Value.EntryOf(service.Ports[0]) is not { HasEndpoints: true })
                continue;
            int[] everywhere = [.. Enumerable.Range(0, inspection.Cluster.Nodes.Length)];
            double lost = inspection.Network.Value.FromPods(service, service.Ports[0], everywhere).Lost;
            if (lost > 0)
                yield return Finding.Warning("internal-local-without-pods", service.Meta, "spec.internalTrafficPolicy",
                    $"Service {service.Meta.FullName} has no pod on {Finding.Percent(lost)} of the nodes, and the packets of clients there are dropped",
                    "a DaemonSet behind it; or trafficDistribution: PreferSameNode, which goes elsewhere where it must");
        }
    }
}
