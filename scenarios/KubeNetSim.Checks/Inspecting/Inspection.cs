using System.Collections.Immutable;

namespace KubeNetSim.Checks.Inspecting;

/// <summary>A cluster to look at, with what rules need to know of it. Everything expensive is made when it is asked for.</summary>
internal sealed class Inspection
{
    private readonly Lazy<ILookup<(string, string), EndpointSlice>> _slices;
    private readonly Lazy<Dictionary<string, Pod>> _pods;
    private readonly Lazy<ILookup<string, ClusterEvent>> _events;
    private readonly Lazy<DnsTable> _dns;

    public Inspection(Scenario scenario, Cluster cluster, ImmutableArray<ObjectMeta> leftOut)
    {
        Scenario = scenario;
        Cluster = cluster;
        LeftOut = [.. leftOut.Select(meta => (meta.Namespace, meta.Name))];
        Services = [.. cluster.Services.Where(service => service.Meta.Origin.IsWritten)];
        Network = new Lazy<ServiceNetwork>(() => new ServiceNetwork(scenario, cluster));
        _slices = new(() => cluster.EndpointSlices.ToLookup(slice => (slice.Meta.Namespace, slice.ServiceName)));
        _pods = new(() => cluster.Pods.DistinctBy(pod => pod.Meta.FullName).ToDictionary(pod => pod.Meta.FullName, StringComparer.Ordinal));
        _events = new(() => cluster.Events.ToLookup(item => item.Object, StringComparer.Ordinal));
        _dns = new(() => DnsTable.Compile(
            cluster, DnsTable.DefaultDomain, scenario.Objects.Namespaces.Select(item => item.Name), scenario.Network.ExternalHosts));
    }

    public Scenario Scenario { get; }

    public Cluster Cluster { get; }

    /// <summary>Services that somebody wrote, with everything allocated.</summary>
    public ImmutableArray<Service> Services { get; }

    /// <summary>Namespace and name of objects that were left out for their errors.</summary>
    public ImmutableHashSet<(string Namespace, string Name)> LeftOut { get; }

    /// <summary>Where packets go.</summary>
    public Lazy<ServiceNetwork> Network { get; }

    /// <summary>Cluster DNS.</summary>
    public DnsTable Dns => _dns.Value;

    /// <summary>Endpoints of a Service, ready or not.</summary>
    public IEnumerable<Endpoint> EndpointsOf(Service service) =>
        _slices.Value[(service.Meta.Namespace, service.Meta.Name)].SelectMany(slice => slice.Endpoints);

    /// <summary>Whether anything was written or derived that lists endpoints of a Service, be it empty.</summary>
    public bool HasEndpoints(Service service) =>
        _slices.Value[(service.Meta.Namespace, service.Meta.Name)].Any(slice => slice.Endpoints.Length > 0);

    /// <summary>The pods behind a Service that run.</summary>
    public IEnumerable<Pod> PodsOf(Service service)
    {
        foreach (Endpoint endpoint in EndpointsOf(service))
            if (endpoint.PodName is { } name && _pods.Value.TryGetValue(name, out Pod? pod))
                yield return pod;
    }

    /// <summary>What controllers say of a Service.</summary>
    public IEnumerable<ClusterEvent> EventsOf(Service service) => _events.Value[$"Service {service.Meta.FullName}"];

    /// <summary>The resolver of the first pod that sends a workload's requests; null where no pods do.</summary>
    public Resolver? ResolverOf(Workload workload)
    {
        if (ClientNamespaceOf(workload) is not { } space)
            return null;
        Pod? sender = Cluster.Pods.FirstOrDefault(pod => pod.Meta.Namespace == space && workload.From switch
        {
            WorkloadSource.Pods pods => pods.Selector.Matches(pod.Meta.Labels),
            WorkloadSource.NamedPod named => named.Name == pod.Meta.Name,
            _ => false,
        });
        return sender is null ? Resolver.OfNamespace(space, Dns.Domain) : Dns.ResolverOf(sender);
    }

    /// <summary>Who sends a workload's requests from pods: their namespace; null where others send.</summary>
    public static string? ClientNamespaceOf(Workload workload) => workload.From switch
    {
        WorkloadSource.Pods pods => pods.Namespace,
        WorkloadSource.NamedPod pod => pod.Namespace,
        _ => null,
    };
}
