using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>Gives LoadBalancer Services what their cloud would give: an address, a host name, or nothing at all.</summary>
internal sealed class LoadBalancerController
{
    /// <summary>TEST-NET-3 (RFC 5737).</summary>
    private static readonly Cidr DefaultPool = Cidr.Parse("203.0.113.0/24");

    /// <summary>For more Services than that holds: a part of the block that was never given out (RFC 1112 section 4).</summary>
    private static readonly Cidr ManyPool = Cidr.Parse("240.0.0.0/16");

    private readonly CloudProvider _cloud;
    private readonly ClusterSettings _settings;
    private readonly ControllerLog _log;
    private readonly HashSet<IpAddress> _taken = [];

    public LoadBalancerController(CloudProvider cloud, ClusterSettings settings, ControllerLog log)
    {
        _cloud = cloud;
        _settings = settings;
        _log = log;
    }

    public ImmutableArray<Service> Provide(ImmutableArray<Service> services)
    {
        Service[] waiting = [.. services.Where(IsWaiting)];
        foreach (Service service in services)
            foreach (LoadBalancerIngress ingress in service.LoadBalancerIngress)
                if (ingress.Ip is { } address)
                    _taken.Add(address);
        Cidr pool = _settings.LoadBalancerPool ?? (waiting.Length > 250 ? ManyPool : DefaultPool);
        return [.. services.Select(service => IsWaiting(service) ? Provide(service, pool) : service)];
    }

    // What a live cluster reports stays as it stands.
    private static bool IsWaiting(Service service) => service.Type == ServiceType.LoadBalancer && service.LoadBalancerIngress.IsEmpty;

    private Service Provide(Service service, Cidr pool)
    {
        if (service.LoadBalancerClass is { } other)
            return Pending(service, $"no controller for loadBalancerClass \"{other}\" runs here");
        return _cloud switch
        {
            CloudProvider.None => Pending(service, "nobody provides load balancers in this cluster; set spec.cluster.cloud"),
            CloudProvider.Minikube when !_settings.MinikubeTunnel => Pending(service, "run `minikube tunnel` (spec.cluster.minikubeTunnel: true)"),
            CloudProvider.Minikube => WithIngress(service, service.ClusterIPs.Length > 0 ? new LoadBalancerIngress(service.ClusterIPs[0], null, false) : null),
            CloudProvider.Aws => WithIngress(service, AwsIngress(service, pool)),
            _ => WithIngress(service, Take(service, pool) is { } address ? new LoadBalancerIngress(address, null, false) : null),
        };
    }

    // A Network Load Balancer has a host name only, so nodes do not know its address and leave packets to it alone; cloud-provider-aws.
    private LoadBalancerIngress? AwsIngress(Service service, Cidr pool) => Take(service, pool) is { } address
        ? new LoadBalancerIngress(address, $"k8s-{Short(service.Meta.Namespace)}-{Short(service.Meta.Name)}-{NameSuffix.Of(service.Meta.FullName, 0, 10)}.elb.{_settings.Region ?? "region-1"}.amazonaws.com", true)
        : null;

    private static string Short(string name) => name[..Math.Min(8, name.Length)];

    private IpAddress? Take(Service service, Cidr pool)
    {
        if (service.RequestedLoadBalancerIP is { } wanted)
        {
            if (_taken.Add(wanted))
                return wanted;
            _log.Warn("load-balancer-address-taken", service.Meta, "spec.loadBalancerIP",
                $"Service {service.Meta.FullName} asks for load balancer address {wanted}, which another Service has");
            return null;
        }
        for (UInt128 offset = 1; pool.Contains(pool.First.Plus(offset)); offset++)
            if (_taken.Add(pool.First.Plus(offset)))
                return pool.First.Plus(offset);
        return null;
    }

    private Service WithIngress(Service service, LoadBalancerIngress? ingress) => ingress is null
        ? Pending(service, "no address is left in the pool")
        : service with { LoadBalancerIngress = [ingress] };

    private Service Pending(Service service, string why)
    {
        _log.Event($"Service {service.Meta.FullName}", "Pending", $"EXTERNAL-IP stays <pending>: {why}");
        return service;
    }
}
