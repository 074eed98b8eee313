using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>One port of a load balancer: which nodes its connections go to, and how they arrive there. Immutable.</summary>
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

    /// <summary>How it checks its nodes.</summary>
    public LoadBalancerHealthCheck HealthCheck =>
        Service.ExternalTrafficPolicy == TrafficPolicy.Local ? Traits.LocalCheck : Traits.ClusterCheck;

    /// <summary>Nodes that connections may go to, by index; empty where it takes none.</summary>
    public ImmutableArray<int> TargetNodes => _targets.Nodes;

    /// <summary>Share of the connections that a node gets, 0 to 1.</summary>
    public double ShareOf(int node) => _targets.ShareOf(node);

    /// <summary>The node for a connection, given a number drawn uniformly from [0, 1); -1 where no node takes any and the packet is lost.</summary>
    public int PickNode(double unit) => _targets.Pick(unit);

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
