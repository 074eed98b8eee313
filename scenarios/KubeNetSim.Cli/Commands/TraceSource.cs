using System.Diagnostics.CodeAnalysis;

namespace KubeNetSim.Cli.Commands;

/// <summary>Reads who sends a traced request: <c>internet</c>, <c>pod/NAME</c>, <c>pod/NAMESPACE/NAME</c>, <c>node/NAME</c> or an address.</summary>
/// <param name="cluster">Where to look for them.</param>
internal sealed class TraceSource(Cluster cluster)
{
    /// <summary>Finds the sender; false, and why, where there is none.</summary>
    public bool TryFind(string text, [NotNullWhen(true)] out WorkloadSource? source, out string why)
    {
        why = "";
        source = null;
        if (text == "internet")
            source = new WorkloadSource.Internet(1);
        else if (IpAddress.TryParse(text, out IpAddress address))
            source = At(address);
        else if (ClusterNames.IsPod(text))
            source = ClusterNames.TryFindPod(cluster, text, out Pod? pod, out why) ? new WorkloadSource.NamedPod(pod.Meta.Namespace, pod.Meta.Name) : null;
        else if (ClusterNames.IsNode(text))
            source = ClusterNames.TryFindNode(cluster, text, out Node? node, out why) ? new WorkloadSource.NamedNode(node.Meta.Name) : null;
        else
            why = $"'{text}' names no client; try internet, pod/NAME, node/NAME or an IP address";
        return source is not null;
    }

    // An address belongs to whoever in the cluster has it, or else to a client outside.
    private WorkloadSource At(IpAddress address)
    {
        if (cluster.Nodes.FirstOrDefault(node => node.InternalAddresses.Contains(address) || node.ExternalAddresses.Contains(address)) is { } node)
            return new WorkloadSource.NamedNode(node.Meta.Name);
        if (RunningPods().FirstOrDefault(pod => pod.Addresses.Contains(address)) is { } pod)
            return new WorkloadSource.NamedPod(pod.Meta.Namespace, pod.Meta.Name);
        return new WorkloadSource.Client(address);
    }

    private IEnumerable<Pod> RunningPods() => cluster.Pods.Where(pod => pod.NodeName is not null);
}
