using System.Collections.Immutable;
using System.Numerics;

namespace KubeNetSim.Model.Controllers.Nodes;

/// <summary>
/// Gives every node a block for its pods out of each of the cluster's (the node IPAM controller): /24, or /64 in IPv6, the defaults of
/// kube-controller-manager --node-cidr-mask-size-ipv4 and -ipv6; smaller where the cluster's block has not so many for all nodes.
/// </summary>
internal static class PodCidrAllocator
{
    private const int NodePrefixIPv4 = 24;
    private const int NodePrefixIPv6 = 64;

    /// <summary>The nodes with a block of each family that the cluster has. Blocks that nodes say stay theirs.</summary>
    public static ImmutableArray<Node> Allocate(ImmutableArray<Node> nodes, ImmutableArray<Cidr> podCidrs, ControllerLog log)
    {
        Node[] result = [.. nodes];
        foreach (Cidr podCidr in podCidrs)
        {
            int prefix = PrefixFor(podCidr, nodes.Count(node => !Has(node, podCidr.Family)));
            int width = podCidr.Family == IpFamily.IPv4 ? 32 : 128;
            UInt128 size = prefix == 0 ? 0 : UInt128.One << (width - prefix);
            SortedSet<UInt128> taken = TakenParts(nodes, podCidr, width - prefix);
            UInt128 part = 0;
            for (int number = 0; number < result.Length; number++)
            {
                if (Has(result[number], podCidr.Family))
                    continue;
                while (taken.Contains(part))
                    part++;
                Cidr block = new(podCidr.First.Plus(part * size), prefix);
                part++;
                if (podCidr.Contains(block.First) && block.First >= podCidr.First)
                    result[number] = result[number] with { PodCidrs = result[number].PodCidrs.Add(block) };
                else
                    log.Event("Node", result[number].Meta, "CIDRNotAvailable",
                        $"Node {result[number].Meta.Name} status is now: CIDRNotAvailable", isWarning: false);
            }
        }
        return [.. result];
    }

    private static bool Has(Node node, IpFamily family) => node.PodCidrs.Any(block => block.Family == family);

    private static int PrefixFor(Cidr podCidr, int nodes)
    {
        int enough = podCidr.PrefixLength + (nodes <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)(nodes - 1)));
        // A node needs room for a bridge and at least one pod.
        return podCidr.Family == IpFamily.IPv4
            ? Math.Min(Math.Max(NodePrefixIPv4, enough), 30)
            : Math.Min(Math.Max(NodePrefixIPv6, enough), 126);
    }

    // Numbers of the parts of the cluster's block that the blocks written at nodes lie in or cover.
    private static SortedSet<UInt128> TakenParts(ImmutableArray<Node> nodes, Cidr podCidr, int bits)
    {
        SortedSet<UInt128> taken = [];
        foreach (Cidr written in nodes.SelectMany(node => node.PodCidrs).Where(podCidr.Overlaps))
        {
            UInt128 from = UInt128.Max(written.First.Bits, podCidr.First.Bits) - podCidr.First.Bits;
            UInt128 to = UInt128.Min(written.Last.Bits, podCidr.Last.Bits) - podCidr.First.Bits;
            for (UInt128 part = from >> bits; part <= to >> bits; part++)
                taken.Add(part);
        }
        return taken;
    }
}
