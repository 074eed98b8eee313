using System.Diagnostics.CodeAnalysis;

namespace KubeNetSim.Cli.Commands;

/// <summary>Reads who sends a traced request: <c>internet</c>, <c>pod/NAME</c>, <c>pod/NAMESPACE/NAME</c>, <c>node/NAME</c> or an address.</summary>
/// <param name="cluster">Where to look for them.</param>
internal sealed class TraceSource(Cluster cluster)
{
    private const int MostSuggestions = 5;

    /// <summary>Finds the sender; false, and why, where there is none. The beginning of a pod's name is enough: controllers end it at random.</summary>
    public bool TryFind(string text, [NotNullWhen(true)] out WorkloadSource? source, out string why)
    {
        why = "";
        source = text.Split('/') switch
        {
            ["internet"] => new WorkloadSource.Internet(1),
            ["pod" or "po", var name] => Pod(null, name),
            ["pod" or "po", var scope, var name] => Pod(scope, name),
            ["node" or "no", var name] => Node(name),
            [var address] when IpAddress.TryParse(address, out IpAddress parsed) => At(parsed),
            _ => null,
        };
        if (source is null)
            why = text.Split('/')[0] switch
            {
                "pod" or "po" => $"no running pod is named '{text}'{Some(RunningPods().Select(pod => $"pod/{pod.Meta.FullName}"))}",
                "node" or "no" => $"no node is named '{text}'{Some(cluster.Nodes.Select(node => $"node/{node.Meta.Name}"))}",
                _ => $"'{text}' names no client; try internet, pod/NAME, node/NAME or an IP address",
            };
        return source is not null;
    }

    private WorkloadSource.NamedPod? Pod(string? scope, string name)
    {
        Pod? Named(Func<Pod, bool> isMeant) =>
            RunningPods().FirstOrDefault(pod => (scope is null || pod.Meta.Namespace == scope) && isMeant(pod));

        Pod? pod = Named(item => item.Meta.Name == name) ?? Named(item => item.Meta.Name.StartsWith(name + "-", StringComparison.Ordinal));
        return pod is null ? null : new WorkloadSource.NamedPod(pod.Meta.Namespace, pod.Meta.Name);
    }

    private WorkloadSource.NamedNode? Node(string name) =>
        cluster.Nodes.Any(node => node.Meta.Name == name) ? new WorkloadSource.NamedNode(name) : null;

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

    private static string Some(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(MostSuggestions + 1)];
        string shown = string.Join(", ", first.Take(MostSuggestions)) + (first.Length > MostSuggestions ? ", ..." : "");
        return first.Length == 0 ? "" : $"; there are {shown}";
    }
}
