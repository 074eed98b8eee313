using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>
/// Gives placed pods addresses of their node's blocks, one a family, from the second address on: the first belongs to the node's bridge,
/// as the host-local plugin of CNI has it. Pods in their node's network have the node's.
/// </summary>
internal static class PodAddresses
{
    public static ImmutableArray<Pod> Assign(ImmutableArray<Pod> pods, ImmutableArray<Node> nodes, ControllerLog log)
    {
        Dictionary<string, Node> byName = [];
        foreach (Node node in nodes)
            byName.TryAdd(node.Meta.Name, node);
        HashSet<IpAddress> taken = [.. pods.Where(pod => !pod.Spec.HostNetwork).SelectMany(pod => pod.Addresses)];
        Dictionary<Cidr, UInt128> next = [];
        ImmutableArray<Pod>.Builder result = ImmutableArray.CreateBuilder<Pod>(pods.Length);
        foreach (Pod pod in pods)
            result.Add(pod.NodeName is { } name && pod.Addresses.IsEmpty ? Assign(pod, byName[name], next, taken, log) : pod);
        return result.MoveToImmutable();
    }

    private static Pod Assign(Pod pod, Node node, Dictionary<Cidr, UInt128> next, HashSet<IpAddress> taken, ControllerLog log)
    {
        if (pod.Spec.HostNetwork)
            return pod with { Addresses = node.InternalAddresses };
        ImmutableArray<IpAddress>.Builder addresses = ImmutableArray.CreateBuilder<IpAddress>(node.PodCidrs.Length);
        foreach (Cidr block in node.PodCidrs)
        {
            UInt128 offset = next.GetValueOrDefault(block, (UInt128)2);
            while (block.Contains(block.First.Plus(offset)) && !taken.Add(block.First.Plus(offset)))
                offset++;
            next[block] = offset + 1;
            if (block.Contains(block.First.Plus(offset)) && block.First.Plus(offset) != block.Last)
                addresses.Add(block.First.Plus(offset));
        }
        if (addresses.Count > 0)
            return pod with { Addresses = addresses.ToImmutable() };
        log.Event("Pod", pod.Meta, "FailedCreatePodSandBox", $"no address is left in the pod CIDR of node {node.Meta.Name}");
        return pod with { Ready = false, PendingReason = $"no address is left in the pod CIDR of node {node.Meta.Name}" };
    }
}
