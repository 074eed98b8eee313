using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Something that a name of cluster DNS leads to.</summary>
/// <param name="Name">Its own name, with the trailing dot.</param>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port; 0 where its slice declares none.</param>
/// <param name="PodName">The pod, <c>namespace/name</c>; null where it is none.</param>
internal readonly record struct DnsTarget(string Name, IpAddress Address, int Port, string? PodName = null);

/// <summary>The Services of a cluster as cluster DNS files them: by lower-case namespace and name.</summary>
internal sealed class DnsServices
{
    // Namespaces that every cluster has.
    private static readonly string[] BuiltInNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly string _domain;
    private readonly HashSet<string> _namespaces;
    private readonly Dictionary<(string Namespace, string Name), Service> _services = [];
    private readonly ILookup<(string Namespace, string Name), EndpointSlice> _slices;
    private readonly Lazy<ILookup<string, string>> _namesByReverseName;

    public DnsServices(Cluster cluster, IEnumerable<string> namespaces, string domain)
    {
        _domain = domain;
        _namespaces = [.. namespaces, .. BuiltInNamespaces,
            .. cluster.Services.Select(service => service.Meta.Namespace), .. cluster.Pods.Select(pod => pod.Meta.Namespace)];
        foreach (Service service in cluster.Services)
            _services.TryAdd((service.Meta.Namespace, service.Meta.Name), service);
        _slices = cluster.EndpointSlices.ToLookup(slice => (slice.Meta.Namespace, slice.ServiceName));
        _namesByReverseName = new Lazy<ILookup<string, string>>(() =>
            NamesByAddress().ToLookup(named => ReverseNameOf(named.Address), named => named.Name));
    }

    /// <summary>Whether there is a namespace of this name.</summary>
    public bool HasNamespace(string name) => _namespaces.Contains(name);

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

    /// <summary>The names of an address, asked for by its name under in-addr.arpa or ip6.arpa.</summary>
    public ImmutableArray<DnsRecord> NamesOf(string reverseName) =>
        [.. _namesByReverseName.Value[reverseName].Distinct().Order(StringComparer.Ordinal).Select(name => new DnsRecord(reverseName, DnsRecordType.PTR, name))];

    private Service? ServiceOf(DnsQuestion question) => _services.GetValueOrDefault((question.Namespace, question.Service));

    private IEnumerable<DnsTarget> ClusterIPsOf(Service service, DnsQuestion question) =>
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
        from port in slice.Ports.DefaultIfEmpty(new EndpointPort("", 0, Protocol.TCP))
        where Matches(question, port.Name, port.Protocol)
        select new DnsTarget($"{HostnameOf(endpoint, address)}.{NameOf(service)}", address, port.Port ?? 0, endpoint.PodName);

    private static bool Matches(DnsQuestion question, string port, Protocol protocol) =>
        question.Port.Length == 0
        || (question.Port.Equals(port, StringComparison.OrdinalIgnoreCase)
            && question.Protocol.Equals(protocol.ToString(), StringComparison.OrdinalIgnoreCase));

    // "pods insecure" believes any address that the name spells.
    private static IEnumerable<DnsTarget> PodsOf(DnsQuestion question)
    {
        if (question.Endpoint.Length > 0 || question.Port.Length > 0)
            return [];
        string name = question.Service;
        bool isIPv4 = name.Count(letter => letter == '-') == 3 && !name.Contains("--", StringComparison.Ordinal);
        return IpAddress.TryParse(name.Replace('-', isIPv4 ? '.' : ':'), out IpAddress address) ? [new DnsTarget("", address, 0)] : [];
    }

    private static string HostnameOf(Endpoint endpoint, IpAddress address) =>
        endpoint.Hostname is { Length: > 0 } hostname ? hostname.ToLowerInvariant() : address.ToString().Replace('.', '-').Replace(':', '-');

    private string NameOf(Service service) => $"{service.Meta.Name}.{service.Meta.Namespace}.svc.{_domain}.";

    // A cluster IP has the name of its Service; of pods only those have one that own a host name (plugin/kubernetes/reverse.go).
    private IEnumerable<(IpAddress Address, string Name)> NamesByAddress()
    {
        foreach (Service service in _services.Values)
        {
            foreach (IpAddress address in service.ClusterIPs)
                yield return (address, NameOf(service));
            foreach (EndpointSlice slice in _slices[(service.Meta.Namespace, service.Meta.Name)])
                foreach (Endpoint endpoint in slice.Endpoints.Where(endpoint => endpoint.IsReady && !string.IsNullOrEmpty(endpoint.Hostname)))
                    foreach (IpAddress address in endpoint.Addresses)
                        yield return (address, $"{HostnameOf(endpoint, address)}.{NameOf(service)}");
        }
    }

    private static string ReverseNameOf(IpAddress address)
    {
        int digits = address.Family == IpFamily.IPv4 ? 4 : 32;
        int bits = address.Family == IpFamily.IPv4 ? 8 : 4;
        IEnumerable<string> labels = Enumerable.Range(0, digits).Select(digit =>
        {
            uint value = (uint)(address.Bits >> (digit * bits)) & ((1u << bits) - 1);
            return bits == 8 ? $"{value}" : $"{value:x}";
        });
        return $"{string.Join('.', labels)}.{(bits == 8 ? "in-addr" : "ip6")}.arpa.";
    }
}
