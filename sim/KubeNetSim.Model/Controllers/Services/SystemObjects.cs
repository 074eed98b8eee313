using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Services;

/// <summary>
/// What every cluster has and manifests rarely say: the Service of the API server, and cluster DNS as kubeadm installs it.
/// </summary>
/// <param name="Controllers">The Deployment of CoreDNS.</param>
/// <param name="Services">The Services <c>kubernetes</c> and <c>kube-dns</c>.</param>
internal sealed record SystemObjects(ImmutableArray<PodController> Controllers, ImmutableArray<Service> Services)
{
    private const int DefaultDnsReplicas = 2;
    private const int ApiServerPort = 6_443;

    // At the far end of the blocks that made nodes have their addresses of.
    private static readonly IpAddress ApiServer = IpAddress.Parse("192.168.255.254");
    private static readonly IpAddress ApiServerIPv6 = IpAddress.Parse("fd00:192:168::ffff:fffe");

    /// <summary>Nothing.</summary>
    public static SystemObjects None { get; } = new([], []);

    /// <summary>What the files do not hold.</summary>
    public static SystemObjects MissingFrom(ClusterObjects objects, ClusterSettings settings, ClusterBlocks blocks)
    {
        bool Has(string space, string name) =>
            objects.Services.Any(service => service.Meta.Namespace == space && service.Meta.Name == name);

        ImmutableArray<Service>.Builder services = ImmutableArray.CreateBuilder<Service>();
        ImmutableArray<PodController>.Builder controllers = ImmutableArray.CreateBuilder<PodController>();
        Cidr block = blocks.ServiceCidrs[0];
        HashSet<IpAddress> taken = [.. objects.Services.SelectMany(service => service.ClusterIPs)];
        if (!Has("default", "kubernetes"))
            services.Add(new Service
            {
                Meta = new ObjectMeta { Namespace = "default", Name = "kubernetes" },
                ClusterIPs = Usual(block, 1, taken),
                Ports = [new ServicePort { Name = "https", Port = 443, TargetPort = ApiServerPort }],
            });
        int replicas = settings.DnsReplicas ?? DefaultDnsReplicas;
        if (!Has("kube-system", "kube-dns") && replicas > 0)
        {
            services.Add(DnsService(block, taken));
            if (!objects.Controllers.Any(controller => controller.Meta is { Namespace: "kube-system", Name: "coredns" }))
                controllers.Add(CoreDns(replicas));
        }
        return new SystemObjects(controllers.ToImmutable(), services.ToImmutable());
    }

    /// <summary>Slices that name no pod: the API server's, which runs outside of the nodes that are simulated.</summary>
    public IEnumerable<EndpointSlice> EndpointSlices(IpFamily family)
    {
        if (!Services.Any(service => service.Meta.Name == "kubernetes"))
            yield break;
        yield return new EndpointSlice
        {
            Meta = new ObjectMeta
            {
                Namespace = "default",
                Name = "kubernetes",
                Labels = ObjectMeta.NoLabels.Add(EndpointSlice.ServiceNameLabel, "kubernetes"),
            },
            Family = family,
            Ports = [new EndpointPort("https", ApiServerPort, Protocol.TCP)],
            Endpoints = [new Endpoint { Addresses = [family == IpFamily.IPv4 ? ApiServer : ApiServerIPv6], Ready = true }],
        };
    }

    // Where the usual address is taken or the block too small for it, one is allocated like any other.
    private static ImmutableArray<IpAddress> Usual(Cidr block, uint number, HashSet<IpAddress> taken) =>
        taken.Contains(block.First.Plus(number)) || !new AddressBand(block).Contains(block.First.Plus(number))
            ? []
            : [block.First.Plus(number)];

    // The tenth address, as kubeadm has it (cmd/kubeadm/app/constants GetDNSIP).
    private static Service DnsService(Cidr block, HashSet<IpAddress> taken) => new()
    {
        Meta = new ObjectMeta { Namespace = "kube-system", Name = "kube-dns", Labels = ObjectMeta.NoLabels.Add("k8s-app", "kube-dns") },
        ClusterIPs = Usual(block, 10, taken),
        Selector = LabelSelector.Exactly([KeyValuePair.Create("k8s-app", "kube-dns")]),
        Ports =
        [
            new ServicePort { Name = "dns", Port = 53, TargetPort = 53, Protocol = Protocol.UDP },
            new ServicePort { Name = "dns-tcp", Port = 53, TargetPort = 53, Protocol = Protocol.TCP },
            new ServicePort { Name = "metrics", Port = 9_153, TargetPort = 9_153, Protocol = Protocol.TCP },
        ],
    };

    private static PodController CoreDns(int replicas) => new()
    {
        Kind = PodControllerKind.Deployment,
        Meta = new ObjectMeta { Namespace = "kube-system", Name = "coredns" },
        Replicas = replicas,
        TemplateLabels = ObjectMeta.NoLabels.Add("k8s-app", "kube-dns"),
        Template = new PodSpec
        {
            RequestedMilliCpu = 100,
            RequestedMemoryBytes = 70L << 20,
            Tolerations =
            [
                new Toleration("CriticalAddonsOnly", true, "", ""),
                new Toleration("node-role.kubernetes.io/control-plane", false, "", "NoSchedule"),
            ],
        },
    };
}
