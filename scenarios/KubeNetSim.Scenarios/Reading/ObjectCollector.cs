using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Reading;

/// <summary>Collects Kubernetes objects, and reports those that are given twice.</summary>
internal sealed class ObjectCollector(List<Problem> problems)
{
    private readonly ImmutableArray<ObjectMeta>.Builder _namespaces = ImmutableArray.CreateBuilder<ObjectMeta>();
    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly ImmutableArray<PodController>.Builder _controllers = ImmutableArray.CreateBuilder<PodController>();
    private readonly ImmutableArray<Pod>.Builder _pods = ImmutableArray.CreateBuilder<Pod>();
    private readonly ImmutableArray<Service>.Builder _services = ImmutableArray.CreateBuilder<Service>();
    private readonly ImmutableArray<EndpointSlice>.Builder _slices = ImmutableArray.CreateBuilder<EndpointSlice>();
    private readonly ImmutableArray<Endpoints>.Builder _endpoints = ImmutableArray.CreateBuilder<Endpoints>();
    private readonly ImmutableArray<(ObjectMeta Meta, ImmutableArray<Cidr> Blocks)>.Builder _serviceCidrs =
        ImmutableArray.CreateBuilder<(ObjectMeta, ImmutableArray<Cidr>)>();
    private readonly ImmutableArray<AutoscalerBounds>.Builder _autoscalers = ImmutableArray.CreateBuilder<AutoscalerBounds>();
    private readonly Dictionary<(string Kind, string Name), SourcePosition> _seen = [];
    private readonly HttpCollector _http = new();
    private KubeProxyConfiguration? _kubeProxy;

    /// <summary>Reads a document and keeps its object.</summary>
    public void Add(ManifestDocument document, Fields fields)
    {
        switch (document.Kind)
        {
            case "Namespace":
                Keep(_namespaces, Metadata.Read(fields, document.Kind), meta => meta, document.Kind);
                break;
            case "Node":
                Keep(_nodes, NodeReader.Read(fields), node => node.Meta, document.Kind);
                break;
            case "Pod":
                Keep(_pods, PodReader.Read(fields), pod => pod.Meta, document.Kind);
                break;
            case "Service":
                Keep(_services, ServiceReader.Read(fields), service => service.Meta, document.Kind);
                break;
            case "EndpointSlice":
                Keep(_slices, EndpointsReader.ReadSlice(fields), slice => slice.Meta, document.Kind);
                break;
            case "Endpoints":
                Keep(_endpoints, EndpointsReader.ReadEndpoints(fields), endpoints => endpoints.Meta, document.Kind);
                break;
            case "ServiceCIDR":
                Keep(_serviceCidrs, ServiceCidrReader.Read(fields), block => block.Meta, document.Kind);
                break;
            case "HorizontalPodAutoscaler":
                Keep(_autoscalers, AutoscalerReader.Read(fields), bounds => bounds.Meta, document.Kind);
                break;
            case var kind when _http.Read(document.Kind, fields) is { } keep:
                if (IsNew(keep.Meta, kind))
                    keep.Keep();
                break;
            default:
                Keep(_controllers, ControllerReader.Read(fields, Enum.Parse<PodControllerKind>(document.Kind)), controller => controller.Meta, document.Kind);
                break;
        }
    }

    /// <summary>Keeps kube-proxy's configuration.</summary>
    public void Add(KubeProxyConfiguration configuration)
    {
        if (_kubeProxy is not null)
            problems.Add(new Problem(Severity.Error, "duplicate-object", configuration.Origin.Start, "kind", $"There are two KubeProxyConfigurations; the other stands at {_kubeProxy.Origin.Start}"));
        _kubeProxy ??= configuration;
    }

    /// <summary>The configuration of cluster DNS.</summary>
    public DnsConfiguration Dns { get; set; } = new();

    public ClusterObjects ToObjects() => new()
    {
        Namespaces = _namespaces.ToImmutable(),
        Nodes = _nodes.ToImmutable(),
        Controllers = AutoscalerReader.Apply(_autoscalers, _controllers.ToImmutable()),
        Pods = _pods.ToImmutable(),
        Services = _services.ToImmutable(),
        EndpointSlices = _slices.ToImmutable(),
        Endpoints = _endpoints.ToImmutable(),
        Http = _http.ToObjects(),
        ServiceCidrs = [.. _serviceCidrs.SelectMany(item => item.Blocks)],
        KubeProxy = _kubeProxy,
        Dns = Dns,
    };

    private void Keep<T>(ImmutableArray<T>.Builder list, T item, Func<T, ObjectMeta> metaOf, string kind)
    {
        if (IsNew(metaOf(item), kind))
            list.Add(item);
    }

    private bool IsNew(ObjectMeta meta, string kind)
    {
        if (meta.Name.Length == 0 || _seen.TryAdd((kind, meta.FullName), meta.Origin.Start))
            return true;
        problems.Add(new Problem(Severity.Error, "duplicate-object", meta.Origin.Of("metadata.name"), "metadata.name",
            $"{kind} {meta.FullName} is given twice; the other stands at {_seen[(kind, meta.FullName)]}"));
        return false;
    }
}
