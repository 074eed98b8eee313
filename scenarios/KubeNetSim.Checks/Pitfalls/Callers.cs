namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Which Services the pods of a Scenario's workloads call by their cluster IP.</summary>
internal static class Callers
{
    /// <summary>The calls: the workload, the Service, and the node of each client.</summary>
    public static IEnumerable<(Workload Workload, Service Service, int[] Nodes)> InsideOf(Inspection inspection)
    {
        if (inspection.Scenario.Workloads.IsEmpty)
            yield break;
        Dictionary<IpAddress, Service> byAddress = [];
        foreach (Service service in inspection.Services)
            foreach (IpAddress address in service.ClusterIPs)
                byAddress.TryAdd(address, service);
        Dictionary<string, int> nodes = Enumerable.Range(0, inspection.Cluster.Nodes.Length)
            .DistinctBy(node => inspection.Cluster.Nodes[node].Meta.Name).ToDictionary(node => inspection.Cluster.Nodes[node].Meta.Name, StringComparer.Ordinal);
        foreach (Workload workload in inspection.Scenario.Workloads)
        {
            int[] clients = [.. PodsOf(inspection, workload.From).Where(pod => pod.NodeName is not null && nodes.ContainsKey(pod.NodeName)).Select(pod => nodes[pod.NodeName!])];
            if (clients.Length > 0 && AddressOf(inspection, workload) is { } address && byAddress.TryGetValue(address, out Service? service))
                yield return (workload, service, clients);
        }
    }

    private static IEnumerable<Pod> PodsOf(Inspection inspection, WorkloadSource from) => from switch
    {
        WorkloadSource.Pods pods => inspection.Cluster.Pods.Where(pod => pod.Meta.Namespace == pods.Namespace && pods.Selector.Matches(pod.Meta.Labels)),
        WorkloadSource.NamedPod one => inspection.Cluster.Pods.Where(pod => pod.Meta.Namespace == one.Namespace && pod.Meta.Name == one.Name),
        _ => [],
    };

    private static IpAddress? AddressOf(Inspection inspection, Workload workload)
    {
        if (workload.To is not WorkloadTarget.Url url)
            return null;
        if (IpAddress.TryParse(url.Host, out IpAddress address))
            return address;
        foreach (IpAddress answer in inspection.Dns.LookUp(url.Host, DnsRecordType.A, Inspection.ClientNamespaceOf(workload) ?? "default").Answer.Addresses)
            return answer;
        return null;
    }
}
