using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Dns;

/// <summary>Something that a name of cluster DNS leads to.</summary>
/// <param name="Name">Its own name below the cluster's domain.</param>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port; <see cref="NoPort"/> where its slice declares none.</param>
/// <param name="PodName">The pod, <c>namespace/name</c>; null where it is none.</param>
internal readonly record struct DnsTarget(string Name, IpAddress Address, int Port, string? PodName = null)
{
    public const int NoPort = -1;
}

/// <summary>The Services of a cluster as cluster DNS files them: by lower-case namespace and name.</summary>
internal sealed class DnsServices
{
    // Namespaces that every cluster has.
    private static readonly string[] BuiltInNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly string _domain;
    private readonly HashSet<string> _namespaces;
    private readonly Dictionary<(string Namespace, string Name), Service> _services = [];
    private readonly ILookup<(string Namespace, string Name), EndpointSlice> _slices;
    private readonly Lazy<ILookup<string, string>> _servicesByReverseName;
    private readonly Lazy<ILookup<string, string>> _endpointsByReverseName;

    public DnsServices(Cluster cluster, IEnumerable<string> namespaces, string domain)
    {
        _domain = domain;
        _namespaces = [.. namespaces, .. BuiltInNamespaces,
            .. cluster.Services.Select(service => service.Meta.Namespace), .. cluster.Pods.Select(pod => pod.Meta.Namespace)];
        foreach (Service service in cluster.Services)
            _services.TryAdd((service.Meta.Namespace, service.Meta.Name), service);
        _slices = cluster.EndpointSlices.ToLookup(slice => (slice.Meta.Namespace, slice.ServiceName));
        _servicesByReverseName = new Lazy<ILookup<string, string>>(() => ByReverseName(NamesOfServices()));
        _endpointsByReverseName = new Lazy<ILookup<string, string>>(() => ByReverseName(NamesOfEndpoints()));
        Service[] servers = [.. cluster.Services.Where(service => service.Meta is { Namespace: "kube-system", Name: "kube-dns" })];
        ServerAddresses = [.. servers.SelectMany(service => service.ClusterIPs)];
        Servers = [.. servers.SelectMany(service => TargetsOf(new DnsQuestion(DnsQuestion.Services, service.Meta.Namespace, service.Meta.Name, "", "", "")))
            .DistinctBy(target => (target.Name, target.Address))];
    }

    /// <summary>The Service in front of cluster DNS, or its pods where it is headless.</summary>
    public ImmutableArray<DnsTarget> Servers { get; }

    /// <summary>Cluster IPs of cluster DNS.</summary>
    public ImmutableArray<IpAddress> ServerAddresses { get; }

    /// <summary>Whether the name exists, even if it has no records of any type.</summary>
    public bool Exists(DnsQuestion question)
    {
        if (question.Namespace.Length == 0)
            return true;
        if (!_namespaces.Contains(question.Namespace))
            return false;
        return question.Service.Length == 0 || AliasOf(question) is not null || TargetsOf(question).Any();
    }

    /// <summary>The name that an ExternalName Service stands for, with the trailing dot; null for others.</summary>
    public string? AliasOf(DnsQuestion question) =>
        question is { Kind: DnsQuestion.Services, Endpoint: "", Port: "" }
        && ServiceOf(question) is { Type: ServiceType.ExternalName, ExternalName: { } name } && !IpAddress.TryParse(name, out _)
            ? name.TrimEnd('.') + "." : null;

    /// <summary>What the name leads to, one a port.</summary>
    public IEnumerable<DnsTarget> TargetsOf(DnsQuestion question)
    {
        if (question.Kind == DnsQuestion.Pods)
            return PodsOf(question);
        if (ServiceOf(question) is not { } service || service.Type == ServiceType.ExternalName)
            return [];
        return service.IsHeadless || question.Endpoint.Length > 0
            ? EndpointsOf(service, question).Where(target => question.Endpoint.Length == 0 || target.Name.StartsWith(question.Endpoint + ".", StringComparison.Ordinal))
            : ClusterIPsOf(service, question);
    }

    /// <summary>
    /// The names of an address, asked for by its name under in-addr.arpa or ip6.arpa: that of the Service that owns it as a cluster IP, else
    /// those of endpoints (plugin/kubernetes/reverse.go).
    /// </summary>
    public ImmutableArray<DnsRecord> NamesOf(string reverseName)
    {
        IEnumerable<string> services = _servicesByReverseName.Value[reverseName].Take(1);
        IEnumerable<string> names = services.Any() ? services : _endpointsByReverseName.Value[reverseName].Distinct().Order(StringComparer.Ordinal);
        return [.. names.Select(name => new DnsRecord(reverseName, DnsRecordType.PTR, name))];
    }

    private Service? ServiceOf(DnsQuestion question) => _services.GetValueOrDefault((question.Namespace, question.Service));

    private static IEnumerable<DnsTarget> ClusterIPsOf(Service service, DnsQuestion question) =>
        from port in service.Ports
        where Matches(question, port.Name, port.Protocol)
        from address in service.ClusterIPs
        select new DnsTarget(NameOf(service), address, port.Port);

    // Endpoints without ports still have names, so they count as having one that nobody can ask for.
    private IEnumerable<DnsTarget> EndpointsOf(Service service, DnsQuestion question) =>
        from slice in _slices[(service.Meta.Namespace, service.Meta.Name)]
        where slice.Family is not null
        from endpoint in slice.Endpoints
        where endpoint.IsReady
        from address in endpoint.Addresses
        from port in slice.Ports.DefaultIfEmpty(new EndpointPort("", null, Protocol.TCP))
        where Matches(question, port.Name, port.Protocol)
        select new DnsTarget($"{HostnameOf(endpoint, address)}.{NameOf(service)}", address, port.Port ?? DnsTarget.NoPort, endpoint.PodName);

    private static bool Matches(DnsQuestion question, string port, Protocol protocol) =>
        question.Port.Length == 0
        || (question.Port.Equals(port, StringComparison.OrdinalIgnoreCase)
            && question.Protocol.Equals(protocol.ToString(), StringComparison.OrdinalIgnoreCase));

    // "pods insecure" believes any address that the name spells, and does not look at what stands before it (findPods there).
    private static IEnumerable<DnsTarget> PodsOf(DnsQuestion question)
    {
        string name = question.Service;
        bool isIPv4 = name.Count(letter => letter == '-') == 3 && !name.Contains("--", StringComparison.Ordinal);
        return IpAddress.TryParse(name.Replace('-', isIPv4 ? '.' : ':'), out IpAddress address) ? [new DnsTarget($"{name}.{question.Namespace}.{DnsQuestion.Pods}", address, 0)] : [];
    }

    private static string HostnameOf(Endpoint endpoint, IpAddress address) =>
        endpoint.Hostname is { Length: > 0 } hostname ? hostname.ToLowerInvariant() : address.ToString().Replace('.', '-').Replace(':', '-');

    private static string NameOf(Service service) => $"{service.Meta.Name}.{service.Meta.Namespace}.{DnsQuestion.Services}";

    private IEnumerable<(IpAddress Address, string Name)> NamesOfServices() =>
        from service in _services.Values
        from address in service.ClusterIPs
        select (address, $"{NameOf(service)}.{_domain}.");

    // Every endpoint has one, by its host name or its address (CoreDNS since 1.12.1, and before 1.12.0).
    private IEnumerable<(IpAddress Address, string Name)> NamesOfEndpoints() =>
        from slices in _slices
        where slices.Key.Name.Length > 0
        from slice in slices
        from endpoint in slice.Endpoints
        where slice.Family is not null && endpoint.IsReady
        from address in endpoint.Addresses
        select (address, $"{HostnameOf(endpoint, address)}.{slices.Key.Name}.{slices.Key.Namespace}.{DnsQuestion.Services}.{_domain}.");

    private static ILookup<string, string> ByReverseName(IEnumerable<(IpAddress Address, string Name)> named) =>
        named.ToLookup(item => ReverseNames.Of(item.Address), item => item.Name, StringComparer.OrdinalIgnoreCase);
}
