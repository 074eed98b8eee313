using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>Which nodes a load balancer uses: those its controller registers, of these those that pass its health checks.</summary>
internal sealed class LoadBalancerTargets
{
    private readonly ImmutableArray<Node> _nodes;
    private readonly ServiceTable _services;
    private readonly bool[] _registered;
    private readonly Dictionary<(LoadBalancerSpread Spread, IpFamily? NodeFamily, bool Healthy), TargetGroup> _shared = [];
    private readonly bool _isMinikube;

    public LoadBalancerTargets(Cluster cluster, ServiceTable services)
    {
        _nodes = cluster.Nodes;
        _services = services;
        _registered = [.. _nodes.Select(IsRegistered)];
        _isMinikube = cluster.Cloud == CloudProvider.Minikube;
    }

    public LoadBalancer Make(Service service, ServicePort port, LoadBalancerIngress ingress, LoadBalancerTraits traits)
    {
        ServicePortEntry? entry = EntryOf(service, port, ingress);
        if (traits.Pods is null)
            return new LoadBalancer(service, port, ingress, traits, (entry is null ? TargetGroup.Empty : TargetsOf(entry, ingress, traits), _nodes));
        // Controllers register ready pods, and deregister those that terminate.
        ImmutableArray<EndpointEntry> pods = entry is { Selection.HasReady: true } ? [.. entry.Endpoints.ToList()] : [];
        return new LoadBalancer(service, port, ingress, traits, (TargetGroup.Empty, _nodes)).WithEndpoints(pods);
    }

    /// <summary>The pods that a load balancer calls, by their places.</summary>
    public static TargetGroup GroupOf(ImmutableArray<EndpointEntry> pods, LoadBalancerTraits traits, ImmutableArray<Node> nodes)
    {
        int[] places = [.. Enumerable.Range(0, pods.Length)];
        return traits.Spread == LoadBalancerSpread.EvenlyOverZones
            ? TargetGroup.EvenlyOverParts(places, place => pods[place].NodeIndex is >= 0 and int node ? nodes[node].Zone : "")
            : TargetGroup.Evenly(places);
    }

    // kubernetes/cloud-provider controllers/service/controller.go: readiness does not matter here, health checks take care of it.
    private static bool IsRegistered(Node node) =>
        !IsExcluded(node) && !node.Taints.Any(taint => taint.Key == Node.AutoscalerTaint);

    // The label's value is read as a boolean in Go's spelling, and any other value excludes too.
    private static bool IsExcluded(Node node) =>
        node.Meta.Labels.TryGetValue(Node.ExcludeFromLoadBalancersLabel, out string? value)
        && value is not ("0" or "f" or "F" or "false" or "False" or "FALSE");

    private ServicePortEntry? EntryOf(Service service, ServicePort port, LoadBalancerIngress ingress)
    {
        (int first, int count) = _services.Frontends.PortsOf(service);
        for (int i = first; i < first + count; i++)
        {
            ServicePortEntry entry = _services.Ports[i];
            if (entry.Port.Port == port.Port && entry.Port.Protocol == port.Protocol && (ingress.Ip is null || ingress.Ip.Value.Family == entry.Family))
                return entry;
        }
        return null;
    }

    private TargetGroup TargetsOf(ServicePortEntry entry, LoadBalancerIngress ingress, LoadBalancerTraits traits)
    {
        IpFamily? nodeFamily = LoadBalancer.KeepsDestination(traits, ingress) ? null : entry.Family;
        if (nodeFamily is not null && entry.NodePort == 0)
            return TargetGroup.Empty;
        if (traits.Spread == LoadBalancerSpread.OneNode)
            return Announcer(entry, ingress, traits);
        if (_isMinikube)
            return TargetGroup.Evenly([.. Usable(nodeFamily: null, onlyHealthy: false).Take(1)]);

        TargetGroup healthy = entry.IsExternallyLocal ? Group(WithLocal(entry, traits, nodeFamily), traits.Spread)
            : traits.ChecksNodePort && !entry.HasEndpoints ? TargetGroup.Empty
            : Shared(traits.Spread, nodeFamily, onlyHealthy: true);
        return healthy.Numbers.IsEmpty && traits.FailsOpen ? Shared(traits.Spread, nodeFamily, onlyHealthy: false) : healthy;
    }

    private IEnumerable<int> Usable(IpFamily? nodeFamily, bool onlyHealthy) =>
        Enumerable.Range(0, _nodes.Length).Where(node => IsUsable(node, nodeFamily, onlyHealthy));

    private bool IsUsable(int node, IpFamily? nodeFamily, bool onlyHealthy) =>
        _registered[node] && (!onlyHealthy || _nodes[node].Ready)
        && (nodeFamily is null || _nodes[node].InternalAddresses.Any(address => address.Family == nodeFamily));

    private int[] WithLocal(ServicePortEntry entry, LoadBalancerTraits traits, IpFamily? nodeFamily)
    {
        List<int> nodes = [.. entry.Selection.NodesWithReady];
        if (traits.CountsTerminating)
            nodes.AddRange(entry.Selection.NodesWithTerminating);
        return [.. nodes.Distinct().Order().Where(node => IsUsable(node, nodeFamily, onlyHealthy: true))];
    }

    // Most Services share one of these: they differ in nothing but their port.
    private TargetGroup Shared(LoadBalancerSpread spread, IpFamily? nodeFamily, bool onlyHealthy)
    {
        if (_shared.TryGetValue((spread, nodeFamily, onlyHealthy), out TargetGroup? group))
            return group;
        group = Group([.. Usable(nodeFamily, onlyHealthy)], spread);
        _shared.Add((spread, nodeFamily, onlyHealthy), group);
        return group;
    }

    private TargetGroup Group(int[] nodes, LoadBalancerSpread spread) =>
        spread == LoadBalancerSpread.EvenlyOverZones
            ? TargetGroup.EvenlyOverParts(nodes, node => _nodes[node].Zone)
            : TargetGroup.Evenly(nodes);

    // metallb/metallb speaker/layer2_controller.go: the smallest hash of node and address wins, so that it moves as rarely as possible.
    private TargetGroup Announcer(ServicePortEntry entry, LoadBalancerIngress ingress, LoadBalancerTraits traits)
    {
        int[] candidates = entry.IsExternallyLocal ? WithLocal(entry, traits, nodeFamily: null) : [.. Usable(nodeFamily: null, onlyHealthy: true)];
        if (!entry.HasEndpoints || candidates.Length == 0)
            return TargetGroup.Empty;
        return TargetGroup.Evenly([candidates.MinBy(index => HashOf(_nodes[index].Meta.Name, ingress.Ip), StringComparer.Ordinal)]);
    }

    private static string HashOf(string node, IpAddress? address) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{node}#{address}")));
}
