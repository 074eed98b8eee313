using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Nodes;

/// <summary>Nodes: those given, or made ones in the scenario's zones; all with an address of each of the cluster's families.</summary>
internal static class NodeController
{
    private const int DefaultNodes = 3;

    private static readonly ImmutableArray<string> DefaultZones = ["zone-a", "zone-b", "zone-c"];

    /// <summary>Addresses of nodes that say none, from the second of these blocks on; the first is a router's.</summary>
    private static readonly Cidr BlockIPv4 = Cidr.Parse("192.168.0.0/16");
    private static readonly Cidr BlockIPv6 = Cidr.Parse("fd00:192:168::/64");

    // pkg/kubelet/kubelet_node_status.go initialNode: the kubelet sets these labels, and the older names of the same.
    private static readonly ImmutableSortedDictionary<string, string> KubeletLabels = ObjectMeta.NoLabels
        .Add(Node.OsLabel, "linux")
        .Add(Node.ArchLabel, "amd64")
        .Add("beta.kubernetes.io/os", "linux")
        .Add("beta.kubernetes.io/arch", "amd64");

    /// <summary>The nodes of the cluster. Those given without the labels of a kubelet are taken as Linux on amd64.</summary>
    public static ImmutableArray<Node> Nodes(ClusterObjects objects, ClusterSettings settings, ControllerLog log) =>
        objects.Nodes.IsEmpty ? Made(settings, log) : [.. objects.Nodes.Select(WithKubeletLabels)];

    /// <summary>Gives an address of each family to nodes that say none at all. Nodes that say one have what they say.</summary>
    public static ImmutableArray<Node> WithAddresses(ImmutableArray<Node> nodes, IEnumerable<IpFamily> families)
    {
        HashSet<IpAddress> taken = [.. nodes.SelectMany(node => node.InternalAddresses)];
        Cidr[] blocks = [.. families.Select(family => family == IpFamily.IPv4 ? BlockIPv4 : BlockIPv6)];
        UInt128[] offsets = [.. blocks.Select(_ => (UInt128)2)];
        ImmutableArray<Node>.Builder result = ImmutableArray.CreateBuilder<Node>(nodes.Length);
        foreach (Node node in nodes)
            result.Add(node.InternalAddresses.IsEmpty ? node with { InternalAddresses = [.. blocks.Select(Take)] } : node);
        return result.MoveToImmutable();

        IpAddress Take(Cidr block, int number)
        {
            while (!taken.Add(block.First.Plus(offsets[number])))
                offsets[number]++;
            return block.First.Plus(offsets[number]++);
        }
    }

    /// <summary>
    /// Pods on a node that is not ready are not ready either (MarkPodsNotReady in pkg/controller/util/node). Reports each such node.
    /// </summary>
    public static ImmutableArray<Pod> MarkPodsNotReady(ImmutableArray<Pod> pods, ImmutableArray<Node> nodes, ControllerLog log)
    {
        if (nodes.All(node => node.Ready))
            return pods;
        HashSet<string> down = [.. nodes.Where(node => !node.Ready).Select(node => node.Meta.Name)];
        bool IsMarked(Pod pod) => pod is { NodeName: { } name, Finished: false } && down.Contains(name);

        foreach (Node node in nodes.Where(node => !node.Ready))
            if (pods.Count(pod => pod.NodeName == node.Meta.Name && IsMarked(pod)) is > 0 and int count)
                log.Warn("node-not-ready", node.Meta, "status.conditions",
                    $"Node {node.Meta.Name} is not ready: {(count == 1 ? "the pod on it is" : $"the {count} pods on it are")} not ready, and "
                    + "Services send no connections there",
                    "a Ready condition of status True, or no condition");
        return [.. pods.Select(pod => pod.Ready && IsMarked(pod) ? pod with { Ready = false } : pod)];
    }

    private static Node WithKubeletLabels(Node node) =>
        node.Meta.Labels.ContainsKey(Node.OsLabel) ? node
            : node with { Meta = node.Meta with { Labels = KubeletLabels.SetItems(node.Meta.Labels) } };

    private static ImmutableArray<Node> Made(ClusterSettings settings, ControllerLog log)
    {
        int count = settings.Nodes ?? (settings.NodePools.IsEmpty ? DefaultNodes : 0);
        ImmutableArray<string> zones = settings.Zones.IsEmpty ? DefaultZones : settings.Zones;
        if (settings.Nodes is null && settings.NodePools.IsEmpty)
            log.Default("nodes", $"{count}, in turn in {string.Join(", ", zones)}");
        NodePool usual = new() { Count = count };
        NodePool plain = usual with
        {
            MilliCpu = settings.NodeMilliCpu ?? usual.MilliCpu,
            MemoryBytes = settings.NodeMemoryBytes ?? usual.MemoryBytes,
            Pods = settings.NodePods ?? usual.Pods,
            Labels = settings.NodeLabels,
            Taints = settings.NodeTaints,
        };
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (NodePool pool in settings.NodePools.Prepend(plain))
            for (int number = 0; number < pool.Count; number++)
                nodes.Add(Made(pool, $"node-{nodes.Count + 1}", pool.Zones.IsEmpty ? zones[number % zones.Length] : pool.Zones[number % pool.Zones.Length], settings));
        return nodes.ToImmutable();
    }

    private static Node Made(NodePool pool, string name, string zone, ClusterSettings settings) => new()
    {
        Meta = new ObjectMeta
        {
            Name = name,
            Labels = KubeletLabels
                .Add(Node.HostnameLabel, name)
                .Add(Node.InstanceTypeLabel, $"{pool.MilliCpu / 1_000.0:0.###}cpu-{pool.MemoryBytes >> 30}gi")
                .Add(Node.RegionLabel, settings.Region ?? "region-1")
                .Add(Node.ZoneLabel, zone)
                .SetItems(pool.Labels),
            Origin = settings.Origin,
        },
        Taints = pool.Taints,
        AllocatableMilliCpu = pool.MilliCpu,
        AllocatableMemoryBytes = pool.MemoryBytes,
        AllocatablePods = pool.Pods,
    };
}
