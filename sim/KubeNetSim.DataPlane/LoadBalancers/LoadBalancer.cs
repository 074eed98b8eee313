using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>One port of a load balancer: which nodes or pods its connections go to, and how they arrive there. Immutable.</summary>
public sealed class LoadBalancer
{
    private readonly TargetGroup _targets;
    private readonly ImmutableArray<Node> _nodes;
    private readonly IpFamily _family;

    internal LoadBalancer(
        Service service, ServicePort port, LoadBalancerIngress ingress, LoadBalancerTraits traits, (TargetGroup Targets, ImmutableArray<Node> Nodes) to)
    {
        Service = service;
        Port = port;
        Ingress = ingress;
        Traits = traits;
        (_targets, _nodes) = to;
        _family = ingress.Ip?.Family ?? (service.ClusterIPs.IsEmpty ? IpFamily.IPv4 : service.ClusterIPs[0].Family);
    }

    /// <summary>The Service that it was made for.</summary>
    public Service Service { get; }

    /// <summary>The port of the Service.</summary>
    public ServicePort Port { get; }

    /// <summary>Its address or host name.</summary>
    public LoadBalancerIngress Ingress { get; }

    /// <summary>What it shares with the other load balancers of its cloud.</summary>
    public LoadBalancerTraits Traits { get; }

    /// <summary>How it checks its targets.</summary>
    public LoadBalancerHealthCheck HealthCheck => Traits.Pods?.Check
        ?? (Service.ExternalTrafficPolicy == TrafficPolicy.Local ? Traits.LocalCheck : Traits.ClusterCheck);

    /// <summary>Whether its targets are pods, which it calls without node ports.</summary>
    public bool SendsToPods => Traits.Pods is not null;

    /// <summary>Pods that connections may go to; empty where it takes none, or sends to nodes.</summary>
    public ImmutableArray<EndpointEntry> TargetEndpoints { get; internal init; } = [];

    /// <summary>Nodes that connections may go to, by index; empty where it takes none, or sends to pods.</summary>
    public ImmutableArray<int> TargetNodes => SendsToPods ? [] : _targets.Numbers;

    /// <summary>How many targets connections may go to.</summary>
    public int TargetCount => _targets.Numbers.Length;

    /// <summary>Share of the connections that a target gets, 0 to 1.</summary>
    /// <param name="target">A node by its index, or the place of a pod in <see cref="TargetEndpoints"/>.</param>
    public double ShareOf(int target) => _targets.ShareOf(target);

    /// <summary>
    /// The target of a connection, given a number drawn uniformly from [0, 1): a node by its index, or the place of a pod in
    /// <see cref="TargetEndpoints"/>; -1 where no target takes any and the packet is lost.
    /// </summary>
    public int Pick(double unit) => _targets.Pick(unit);

    /// <summary>Whether it lets a client's packets in.</summary>
    public bool Admits(IpAddress client)
    {
        if (!Traits.FiltersSources || Service.LoadBalancerSourceRanges.IsEmpty)
            return true;
        foreach (Cidr range in Service.LoadBalancerSourceRanges)
            if (range.Contains(client))
                return true;
        return false;
    }

    /// <summary>The same load balancer with other pods.</summary>
    public LoadBalancer WithEndpoints(ImmutableArray<EndpointEntry> endpoints) =>
        new(Service, Port, Ingress, Traits, (LoadBalancerTargets.GroupOf(endpoints, Traits, _nodes), _nodes)) { TargetEndpoints = endpoints };

    /// <summary>Whether another one is the same port of the same load balancer, before or after a change of its targets.</summary>
    public bool IsSame(LoadBalancer other) =>
        Ingress == other.Ingress && Port.Port == other.Port.Port && Port.Protocol == other.Port.Protocol;

    /// <summary>Address and port that a packet carries when it reaches a node.</summary>
    /// <exception cref="ArgumentException">The node has no address of the load balancer's family, so it is none of its targets.</exception>
    public (IpAddress Address, int Port) DestinationAt(int node)
    {
        if (KeepsDestination(Traits, Ingress))
            return (Ingress.Ip!.Value, Port.Port);
        foreach (IpAddress own in _nodes[node].InternalAddresses)
            if (own.Family == _family)
                return (own, Port.NodePort);
        throw new ArgumentException($"Node {_nodes[node].Meta.Name} has no {_family} address.", nameof(node));
    }

    // Without an address of its own a load balancer has nothing to keep.
    internal static bool KeepsDestination(LoadBalancerTraits traits, LoadBalancerIngress ingress) =>
        traits.KeepsDestination && ingress.Ip is not null;
}
