using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Services;

/// <summary>Gives LoadBalancer Services what their cloud would give: addresses, a host name, or nothing.</summary>
internal sealed class LoadBalancerController(CloudProvider cloud, ClusterSettings settings, ControllerLog log)
{
    /// <summary>TEST-NET-3 (RFC 5737), and a part of the block for documentation (RFC 3849).</summary>
    private static readonly Cidr UsualPool = Cidr.Parse("203.0.113.0/24");
    private static readonly Cidr UsualPoolIPv6 = Cidr.Parse("2001:db8:203:113::/108");

    /// <summary>For more Services than TEST-NET-3 holds: a part of the block that was never given out (RFC 1112 section 4).</summary>
    private static readonly Cidr ManyPool = Cidr.Parse("240.0.0.0/12");

    private const int FewServices = 250;

    /// <summary>The blocks that it takes addresses from; none where the cluster has no load balancers of its own.</summary>
    public static ImmutableArray<Cidr> PoolsOf(CloudProvider cloud, ClusterSettings settings, ImmutableArray<Service> services) =>
        cloud is CloudProvider.None or CloudProvider.Minikube ? []
        : [.. PoolsFor(settings, services.Count(service => service.Type == ServiceType.LoadBalancer))];

    /// <summary>The Services with the addresses of their load balancers. What a live cluster reports is kept.</summary>
    public ImmutableArray<Service> Provide(ImmutableArray<Service> services)
    {
        LoadBalancerPool[] pools =
            [.. PoolsFor(settings, services.Count(IsWaiting)).Select(block => new LoadBalancerPool(block, cloud == CloudProvider.Metallb))];
        foreach (Service service in services)
            foreach (LoadBalancerIngress ingress in service.LoadBalancerIngress)
                if (ingress.Ip is { } address)
                    foreach (LoadBalancerPool pool in pools)
                        pool.Use(address, service);
        return [.. services.Select(service => IsWaiting(service) ? Provide(service, pools) : service)];
    }

    private static IEnumerable<Cidr> PoolsFor(ClusterSettings settings, int waiting) =>
        settings.LoadBalancerPool is { } said ? [said] : [waiting > FewServices ? ManyPool : UsualPool, UsualPoolIPv6];

    private static bool IsWaiting(Service service) => service.Type == ServiceType.LoadBalancer && service.LoadBalancerIngress.IsEmpty;

    private Service Provide(Service service, LoadBalancerPool[] pools)
    {
        if (service.LoadBalancerClass is { } other && !IsOwnClass(other))
            return Pending(service, $"no controller for loadBalancerClass \"{other}\" runs here");
        return cloud switch
        {
            CloudProvider.None => Pending(service, "this cluster has no load balancer provider; set spec.cluster.cloud"),
            CloudProvider.Minikube when !settings.MinikubeTunnel =>
                Pending(service, "run `minikube tunnel` (spec.cluster.minikubeTunnel: true)"),
            // The tunnel routes the Service block to the node and reports the cluster IP (minikube, handbook/accessing).
            CloudProvider.Minikube =>
                service with
                {
                    LoadBalancerIngress =
                    [.. service.ClusterIPs.Select(address => new LoadBalancerIngress(address, null, false))]
                },
            _ => WithAddresses(service, pools),
        };
    }

    // Classes of the controllers that come with the cloud: AWS Load Balancer Controller and EKS Auto Mode; GKE's layer 4 controller.
    private bool IsOwnClass(string name) => cloud switch
    {
        CloudProvider.Aws => name is "service.k8s.aws/nlb" or "eks.amazonaws.com/nlb",
        CloudProvider.Gcp => name is "networking.gke.io/l4-regional-external" or "networking.gke.io/l4-regional-external-legacy",
        _ => false,
    };

    private Service WithAddresses(Service service, LoadBalancerPool[] pools)
    {
        if (service.RequestedLoadBalancerIP is { } wanted)
            return WithRequested(service, wanted, pools);
        List<IpAddress> addresses = [];
        foreach (IpFamily family in service.IpFamilies)
            foreach (LoadBalancerPool pool in pools)
                if (pool.Family == family && pool.TryTake(service, out IpAddress address))
                    addresses.Add(address);
        return addresses.Count == 0
            ? Pending(service, "no available IPs")
            : service with { LoadBalancerIngress = Ingress(service, addresses) };
    }

    // MetalLB gives what lies in its pool; with the others, the address is one that the user has reserved.
    private Service WithRequested(Service service, IpAddress wanted, LoadBalancerPool[] pools)
    {
        LoadBalancerPool? pool = pools.FirstOrDefault(item => item.Contains(wanted));
        if ((pool is null && cloud != CloudProvider.Metallb) || (pool is not null && pool.TryClaim(wanted, service)))
            return service with { LoadBalancerIngress = Ingress(service, [wanted]) };
        string why = pool is null ? "which is not in the pool" : $"which Service {pool.UserOf(wanted).Meta.FullName} has already";
        log.Warn("load-balancer-address-taken", service.Meta, "spec.loadBalancerIP",
            $"Service {service.Meta.FullName} asks for load balancer address {wanted}, {why}, and stays Pending");
        return Pending(service, $"[\"{wanted}\"] cannot be given");
    }

    // A Network Load Balancer is known by its name only, so nodes leave packets for its addresses to it (cloud-provider-aws sets no ip).
    private ImmutableArray<LoadBalancerIngress> Ingress(Service service, List<IpAddress> addresses) => cloud == CloudProvider.Aws
        ? [new LoadBalancerIngress(addresses[0], AwsName(service), ProxyMode: true)]
        : [.. addresses.Select(address => new LoadBalancerIngress(address, null, ProxyMode: false))];

    // As the AWS Load Balancer Controller names them: eight letters each of namespace and name, and a hash.
    private string AwsName(Service service) =>
        $"k8s-{Short(service.Meta.Namespace)}-{Short(service.Meta.Name)}-{NameSuffix.Of(service.Meta.FullName, 0, 10)}"
        + $".elb.{settings.Region ?? "region-1"}.amazonaws.com";

    private static string Short(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Take(8));

    private Service Pending(Service service, string why)
    {
        bool isMetallb = cloud == CloudProvider.Metallb;
        log.Event("Service", service.Meta, isMetallb ? "AllocationFailed" : "Pending",
            isMetallb ? $"Failed to allocate IP for \"{service.Meta.FullName}\": {why}" : $"EXTERNAL-IP stays <pending>: {why}", isMetallb);
        return service;
    }
}
