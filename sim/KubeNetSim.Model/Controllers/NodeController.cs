using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>Nodes: those given, or made ones; with addresses and a block for pods each.</summary>
internal static class NodeController
{
    private const int DefaultNodes = 3;

    /// <summary>Size of a node's block: kube-controller-manager --node-cidr-mask-size-ipv4 and -ipv6.</summary>
    private const int NodePrefixIPv4 = 24;
    private const int NodePrefixIPv6 = 64;

    private static readonly ImmutableArray<string> DefaultZones = ["zone-a", "zone-b", "zone-c"];

    /// <summary>Addresses of nodes that say none, from the second of this block on; the first is a router's.</summary>
    private static readonly Cidr NodeBlock = Cidr.Parse("192.168.0.0/16");

    public static ImmutableArray<Node> Nodes(ClusterObjects objects, ClusterSettings settings, ControllerLog log)
    {
        if (objects.Nodes.IsEmpty)
            return Made(settings, log);
        return WithAddresses(objects.Nodes);
    }

    /// <summary>Gives a block for pods to every node that has none of a family.</summary>
    public static ImmutableArray<Node> WithPodCidrs(ImmutableArray<Node> nodes, ImmutableArray<Cidr> podCidrs, ControllerLog log)
    {
        ImmutableArray<Node>.Builder result = ImmutableArray.CreateBuilder<Node>(nodes.Length);
        HashSet<IpAddress> taken = [.. nodes.SelectMany(node => node.PodCidrs).Select(block => block.First)];
        UInt128[] next = new UInt128[podCidrs.Length];
        foreach (Node node in nodes)
        {
            ImmutableArray<Cidr> blocks = node.PodCidrs;
            for (int family = 0; family < podCidrs.Length; family++)
                if (!node.PodCidrs.Any(block => block.Family == podCidrs[family].Family)
                    && Take(podCidrs[family], ref next[family], taken, node, log) is { } block)
                    blocks = blocks.Add(block);
            result.Add(node with { PodCidrs = blocks });
        }
        return result.MoveToImmutable();
    }

    private static ImmutableArray<Node> Made(ClusterSettings settings, ControllerLog log)
    {
        int count = settings.Nodes ?? DefaultNodes;
        ImmutableArray<string> zones = settings.Zones.IsEmpty ? DefaultZones : settings.Zones;
        string region = settings.Region ?? "region-1";
        if (settings.Nodes is null)
            log.Default("nodes", $"{count}, in turn in {string.Join(", ", zones)}");
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>(count);
        for (int number = 0; number < count; number++)
            nodes.Add(new Node
            {
                Meta = new ObjectMeta
                {
                    Name = $"node-{number + 1}",
                    Labels = ObjectMeta.NoLabels
                        .Add(Node.HostnameLabel, $"node-{number + 1}")
                        .Add(Node.ZoneLabel, zones[number % zones.Length])
                        .Add(Node.RegionLabel, region),
                    Origin = settings.Origin,
                },
                AllocatableMilliCpu = settings.NodeMilliCpu ?? 4_000,
                AllocatableMemoryBytes = settings.NodeMemoryBytes ?? 16L << 30,
                AllocatablePods = settings.NodePods ?? 110,
            });
        return WithAddresses(nodes.MoveToImmutable());
    }

    private static ImmutableArray<Node> WithAddresses(ImmutableArray<Node> nodes)
    {
        HashSet<IpAddress> taken = [.. nodes.SelectMany(node => node.InternalAddresses)];
        UInt128 offset = 2;
        ImmutableArray<Node>.Builder result = ImmutableArray.CreateBuilder<Node>(nodes.Length);
        foreach (Node node in nodes)
        {
            if (!node.InternalAddresses.IsEmpty)
            {
                result.Add(node);
                continue;
            }
            while (!taken.Add(NodeBlock.First.Plus(offset)))
                offset++;
            result.Add(node with { InternalAddresses = [NodeBlock.First.Plus(offset)] });
        }
        return result.MoveToImmutable();
    }

    private static Cidr? Take(Cidr podCidr, ref UInt128 next, HashSet<IpAddress> taken, Node node, ControllerLog log)
    {
        int prefix = Math.Max(podCidr.PrefixLength, podCidr.Family == IpFamily.IPv4 ? NodePrefixIPv4 : NodePrefixIPv6);
        UInt128 size = UInt128.One << ((podCidr.Family == IpFamily.IPv4 ? 32 : 128) - prefix);
        while (true)
        {
            IpAddress first = podCidr.First.Plus(next * size);
            if (!podCidr.Contains(first) || (next > 0 && podCidr.PrefixLength == prefix))
            {
                log.Event($"Node {node.Meta.Name}", "CIDRNotAvailable", $"Node {node.Meta.Name} has no pod CIDR: {podCidr} is used up");
                return null;
            }
            next++;
            if (taken.Add(first))
                return new Cidr(first, prefix);
        }
    }
}
