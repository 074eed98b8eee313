using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Which nodes a load balancer uses: those its controller registers, of these those that pass its health checks.</summary>
internal sealed class LoadBalancerTargets
{
    private const string AutoscalerTaint = "ToBeDeletedByClusterAutoscaler";

    private readonly ImmutableArray<Node> _nodes;
    private readonly ImmutableArray<int> _registered;
    private readonly Dictionary<(string Namespace, string Name), List<ServicePortEntry>> _ports = [];
    private readonly Dictionary<(LoadBalancerSpread Spread, bool Healthy), TargetGroup> _shared = [];
    private readonly bool _isMinikube;

    public LoadBalancerTargets(Cluster cluster, ServiceTable services)
    {
        _nodes = cluster.Nodes;
        _isMinikube = cluster.Cloud == CloudProvider.Minikube;
        _registered = [.. Enumerable.Range(0, _nodes.Length).Where(index => IsRegistered(_nodes[index]))];
        foreach (ServicePortEntry port in services.Ports)
        {
            (string, string) name = (port.Service.Meta.Namespace, port.Service.Meta.Name);
            if (!_ports.TryGetValue(name, out List<ServicePortEntry>? ports))
                _ports.Add(name, ports = []);
            ports.Add(port);
        }
    }

    public LoadBalancer Make(Service service, ServicePort port, LoadBalancerIngress ingress, LoadBalancerTraits traits) =>
        new(service, port, ingress, traits, (TargetsOf(service, port, ingress, traits), _nodes));

    // kubernetes/cloud-provider controllers/service/controller.go: readiness does not matter here, health checks take care of it.
    private static bool IsRegistered(Node node) =>
        !IsExcluded(node) && !node.Taints.Any(taint => taint.Key == AutoscalerTaint);

    // The label's value is read as a boolean in Go's spelling, and any other value excludes too.
    private static bool IsExcluded(Node node) =>
        node.Meta.Labels.TryGetValue(Node.ExcludeFromLoadBalancersLabel, out string? value)
        && value is not ("0" or "f" or "F" or "false" or "False" or "FALSE");

    private TargetGroup TargetsOf(Service service, ServicePort port, LoadBalancerIngress ingress, LoadBalancerTraits traits)
    {
        ServicePortEntry? entry = EntryOf(service, port, ingress);
        if (entry is null || (!traits.KeepsDestination && port.NodePort == 0))
            return TargetGroup.Empty;
        if (traits.Spread == LoadBalancerSpread.OneNode)
            return Announcer(entry, ingress);
        if (_isMinikube)
            return TargetGroup.Evenly([.. _registered.Take(1)]);

        TargetGroup healthy = entry.IsExternallyLocal
            ? Group([.. _registered.Where(index => _nodes[index].Ready && HasLocal(entry, index, traits))], traits.Spread)
            : traits.ChecksNodePort && !entry.HasEndpoints ? TargetGroup.Empty
            : Shared(traits.Spread, onlyHealthy: true);
        return healthy.Nodes.IsEmpty && traits.FailsOpen ? Shared(traits.Spread, onlyHealthy: false) : healthy;
    }

    private ServicePortEntry? EntryOf(Service service, ServicePort port, LoadBalancerIngress ingress) =>
        _ports.GetValueOrDefault((service.Meta.Namespace, service.Meta.Name))?.FirstOrDefault(entry =>
            entry.Port.Port == port.Port && entry.Port.Protocol == port.Protocol && (ingress.Ip is null || ingress.Ip.Value.Family == entry.Family));

    private static bool HasLocal(ServicePortEntry entry, int node, LoadBalancerTraits traits) =>
        (traits.CountsTerminating ? entry.Selection.Local(node) : entry.Selection.LocalReady(node)).Count > 0;

    // Most Services share one of these: they differ in nothing but their port.
    private TargetGroup Shared(LoadBalancerSpread spread, bool onlyHealthy)
    {
        if (_shared.TryGetValue((spread, onlyHealthy), out TargetGroup? group))
            return group;
        group = Group([.. _registered.Where(index => !onlyHealthy || _nodes[index].Ready)], spread);
        _shared.Add((spread, onlyHealthy), group);
        return group;
    }

    private TargetGroup Group(IReadOnlyList<int> nodes, LoadBalancerSpread spread) =>
        spread == LoadBalancerSpread.EvenlyOverZones
            ? TargetGroup.EvenlyOverParts(nodes, node => _nodes[node].Zone)
            : TargetGroup.Evenly(nodes);

    // metallb/metallb speaker/layer2_controller.go: the smallest hash of node and address wins, so that it moves as rarely as possible.
    private TargetGroup Announcer(ServicePortEntry entry, LoadBalancerIngress ingress)
    {
        int[] candidates = [.. _registered.Where(index =>
            _nodes[index].Ready && (!entry.IsExternallyLocal || HasLocal(entry, index, LoadBalancerTraits.Metallb)))];
        if (!entry.HasEndpoints || candidates.Length == 0)
            return TargetGroup.Empty;
        return TargetGroup.Evenly([candidates.MinBy(index => HashOf(_nodes[index].Meta.Name, ingress.Ip), StringComparer.Ordinal)]);
    }

    private static string HashOf(string node, IpAddress? address) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{node}#{address}")));
}
