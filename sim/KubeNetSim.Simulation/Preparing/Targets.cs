using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>Finds targets in a cluster as a client at a given place sees them.</summary>
internal sealed class Targets(PreparedScenario prepared)
{
    private readonly Cluster _cluster = prepared.Cluster;

    /// <summary>Whether a Service is one that the scenario is about, and not part of every cluster or made up to fill its tables.</summary>
    public static bool IsOfScenario(Service service) =>
        !service.IsBackground && service.Meta is not ({ Namespace: "kube-system" } or { Namespace: "default", Name: "kubernetes" });

    /// <summary>All Services that have a cluster IP and match, by their first ports.</summary>
    public Target Matching(WorkloadTarget.Services wanted)
    {
        IEnumerable<Service> services = _cluster.Services.Where(service =>
            IsOfScenario(service) && !service.ClusterIPs.IsEmpty && !service.Ports.IsEmpty
            && (wanted.Namespace is null || wanted.Namespace == service.Meta.Namespace)
            && wanted.Selector.Matches(service.Meta.Labels));
        return new Target(
            [.. services.Select(service => new Destination(service.ClusterIPs[0], service.Ports[0].Port, service.Ports[0].Protocol))],
            null, null, null);
    }

    /// <summary>
    /// The target that a URL means to a client; null, and why, where it means nothing. A target with a reason is one that cannot be
    /// reached.
    /// </summary>
    public Target? At(WorkloadTarget.Url url, Source client, string clientNamespace, out string? why)
    {
        why = null;
        if (IpAddress.TryParse(url.Host, out IpAddress address))
            return AtAddress(new Destination(address, url.Port, url.Protocol));
        if (BehindHostname(url.Host) is { } published)
            return Through(published, url, client, clientNamespace, out why);
        return client.Node == Topology.None ? FromOutside(url, out why) : FromInside(url, ResolverOf(client, clientNamespace), clientNamespace, out why);
    }

    /// <summary>Whether a URL's host is an address or the name of a Service, and so no host that a router has rules for.</summary>
    public bool IsKnown(WorkloadTarget.Url url, string clientNamespace) =>
        IpAddress.TryParse(url.Host, out _) || ServiceNamed(url.Host, clientNamespace) is not null || BehindHostname(url.Host) is not null;

    // Clouds that give load balancers names publish their addresses under them.
    private Service? BehindHostname(string host) => _cluster.Services.FirstOrDefault(service =>
        service.LoadBalancerIngress.Any(ingress => string.Equals(ingress.Hostname, host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// The Service of a router, whose published address the URL's host has. A target with a reason is one that cannot be reached.
    /// </summary>
    public Target? Through(Service service, WorkloadTarget.Url url, Source client, string clientNamespace, out string? why)
    {
        ServicePort? port = service.Ports.FirstOrDefault(item => item.Port == url.Port && item.Protocol == url.Protocol);
        if (port is null)
        {
            why = $"Service {service.Meta.FullName} has no {url.Protocol} port {url.Port}, only {Ports(service)}";
            return null;
        }
        if (service.Type is ServiceType.NodePort or ServiceType.ClusterIP)
        {
            why = service.Type == ServiceType.ClusterIP && client.Node == Topology.None ? $"Service {service.Meta.FullName} is of type ClusterIP and cannot be reached from the internet" : null;
            ImmutableArray<Destination> direct = service.Type == ServiceType.NodePort ? OnNodes(port) : [new Destination(service.ClusterIPs[0], port.Port, port.Protocol)];
            return new Target([], Asked(new NameLookup(url.Host, 1, true, direct), url, client, clientNamespace), service, port);
        }
        Target published = Published(url, service, port, out why);
        return IpAddress.TryParse(url.Host, out _)
            ? published with { Name = null, Destinations = published.Addresses }
            : published with { Name = Asked(published.Name!, url, client, clientNamespace) };
    }

    private Resolver ResolverOf(Source client, string clientNamespace) =>
        client.Pod >= 0 ? prepared.Dns.ResolverOf(_cluster.Pods[client.Pod]) : Resolver.OfNamespace(clientNamespace, prepared.Dns.Domain);

    // The names that a client inside the cluster asks for until it is given a router's addresses.
    private NameLookup Asked(NameLookup lookup, WorkloadTarget.Url url, Source client, string clientNamespace)
    {
        if (client.Node == Topology.None)
            return lookup with { Port = url.Port, Protocol = url.Protocol };
        Resolver resolver = ResolverOf(client, clientNamespace);
        return lookup.AskedBy(resolver, url, prepared.Dns.LookUp(url.Host, DnsRecordType.A, resolver));
    }

    /// <summary>Pods that requests to a target can end at, in order.</summary>
    public ImmutableArray<int> BackendsOf(Target target)
    {
        SortedSet<int> pods = [];
        foreach (Destination destination in target.Addresses)
            if (prepared.Topology.PodAt(destination.Address) is >= 0 and int pod)
                pods.Add(pod);
        foreach (ServicePortEntry port in EntriesOf(target))
            foreach (EndpointEntry endpoint in port.Endpoints.ToList())
                if (endpoint.PodIndex >= 0)
                    pods.Add(endpoint.PodIndex);
        return [.. pods];
    }

    /// <summary>Service ports whose endpoints requests to a target can end at.</summary>
    public ImmutableArray<WatchedPort> PortsOf(Target target) => target.Service is { IsHeadless: true } headless
        ? [.. headless.Ports.Select(port => new WatchedPort(headless, port))]
        : [.. EntriesOf(target).Select(entry => new WatchedPort(entry.Service, entry.Port)).Distinct()];

    private IEnumerable<ServicePortEntry> EntriesOf(Target target)
    {
        HashSet<(IpAddress, int)> addresses = [.. target.Addresses.Select(destination => (destination.Address, destination.Port))];
        foreach (ServicePortEntry port in prepared.Services.Ports)
            if (port.Service == target.Service ? port.Port == target.Port : addresses.Contains((port.ClusterIP, port.Port.Port)))
                yield return port;
    }

    private Target AtAddress(Destination destination)
    {
        foreach (Service service in _cluster.Services)
            if (service.Ports.FirstOrDefault(item => item.Protocol == destination.Protocol && IsAddressOf(service, item, destination)) is { } port)
                return new Target([destination], null, service, port);
        return new Target([destination], null, null, null);
    }

    private bool IsAddressOf(Service service, ServicePort port, Destination destination) =>
        destination.Port == port.Port
            ? service.ClusterIPs.Contains(destination.Address) || service.ExternalIPs.Contains(destination.Address)
                || service.LoadBalancerIngress.Any(ingress => ingress.Ip == destination.Address)
            : destination.Port == port.NodePort && prepared.Topology.NodeAt(destination.Address) >= 0;

    private Target? FromInside(WorkloadTarget.Url url, Resolver resolver, string clientNamespace, out string? why)
    {
        why = null;
        DnsLookup lookup = prepared.Dns.LookUp(url.Host, DnsRecordType.A, resolver);
        DnsAnswer answer = lookup.Answer;
        if (answer is { ForwardedName: { } outside, Code: DnsResponseCode.NoError })
        {
            Destination host = new(prepared.OutsideNames.AddressOf(outside.TrimEnd('.')), url.Port, url.Protocol);
            return new Target([], new NameLookup(url.Host, 1, true, [host]).AskedBy(resolver, url, lookup), ServiceNamed(url.Host, clientNamespace), null);
        }
        Service? service = ServiceNamed(url.Host, clientNamespace);
        ImmutableArray<Destination> answers =
            [.. answer.Addresses.Select(address => new Destination(address, url.Port, url.Protocol))];
        if (answers.IsEmpty && service is null)
        {
            why = $"the name does not exist (NXDOMAIN) for a client in namespace '{clientNamespace}'{Suggest(url.Host, clientNamespace)}";
            return MayBeOutside(url.Host) ? new Target([], new NameLookup(url.Host, 1, false, []).AskedBy(resolver, url, lookup), null, null) : null;
        }
        ServicePort? port = service?.Ports.FirstOrDefault(item => item.Port == url.Port && item.Protocol == url.Protocol);
        if (service is not null && !resolver.AsksCluster)
            why = "the pod's dnsPolicy leads to servers that know no names of the cluster";
        else if (service is not null && answers.IsEmpty)
            why = "the name has no address, because no pod is ready behind it";
        else if (service is { IsHeadless: false } && port is null)
            why = $"Service {service.Meta.FullName} has no {url.Protocol} port {url.Port}, only {Ports(service)}";
        else if (service is { IsHeadless: true } && service.Ports.FirstOrDefault(item => item.Port == url.Port && item.TargetPort > 0 && item.TargetPort != url.Port) is { } shifted)
            why = $"a headless Service translates no ports: its pods listen on {shifted.TargetPort}";
        FollowedName? follows = service is null or { IsHeadless: true } ? new FollowedName(resolver, url.Port, url.Protocol) : null;
        return new Target([], new NameLookup(url.Host, 1, false, answers, follows).AskedBy(resolver, url, lookup), service, port ?? service?.Ports.FirstOrDefault());
    }

    // Clients outside do not use cluster DNS: a Service's name means what its owner would publish, the load balancer or the nodes.
    private Target? FromOutside(WorkloadTarget.Url url, out string? why)
    {
        why = null;
        if (ServiceNamed(url.Host, "default") is not { } service)
        {
            if (!prepared.Dns.OutsideHosts.Exists(url.Host))
            {
                why = $"the name does not exist (NXDOMAIN): no Service, Ingress or route has it{Suggest(url.Host, "default")}";
                return MayBeOutside(url.Host) ? new Target([], NameLookup.FromInternet(url, []), null, null) : null;
            }
            Destination host = new(prepared.OutsideNames.AddressOf(url.Host), url.Port, url.Protocol);
            return new Target([], NameLookup.FromInternet(url, [host]), null, null);
        }
        if (service.ExternalName is { } alias)
        {
            Destination host = new(prepared.OutsideNames.AddressOf(alias), url.Port, url.Protocol);
            return new Target([], NameLookup.FromInternet(url, [host]), service, null);
        }
        ServicePort? port = service.Ports.FirstOrDefault(item => item.Port == url.Port && item.Protocol == url.Protocol)
            ?? service.Ports.FirstOrDefault(item => item.NodePort == url.Port && item.Protocol == url.Protocol);
        if (port is null)
        {
            why = $"Service {service.Meta.FullName} has no {url.Protocol} port {url.Port}, only {Ports(service)}";
            return null;
        }
        return service.Type switch
        {
            // Without a load balancer the node ports are all that the world can reach.
            ServiceType.LoadBalancer when service.LoadBalancerIngress.IsEmpty && port.NodePort > 0 => new Target(OnNodes(port), null, service, port),
            ServiceType.LoadBalancer => Published(url, service, port, out why),
            ServiceType.NodePort => new Target(OnNodes(port), null, service, port),
            _ => Unreachable(url, service, port, out why),
        };
    }

    private static Target Published(WorkloadTarget.Url url, Service service, ServicePort port, out string? why)
    {
        ImmutableArray<Destination> addresses =
        [
            .. service.LoadBalancerIngress.Where(ingress => ingress.Ip is not null)
                .Select(ingress => new Destination(ingress.Ip!.Value, port.Port, port.Protocol)),
        ];
        why = addresses.IsEmpty ? $"Service {service.Meta.FullName} is Pending: it has no load balancer and no node port; set spec.cluster.cloud" : null;
        return new Target([], NameLookup.FromInternet(url, addresses), service, port);
    }

    private ImmutableArray<Destination> OnNodes(ServicePort port) =>
        [.. _cluster.Nodes.Select(node => new Destination(node.InternalAddresses[0], port.NodePort, port.Protocol))];

    private static Target Unreachable(WorkloadTarget.Url url, Service service, ServicePort port, out string why)
    {
        why = $"Service {service.Meta.FullName} is of type {service.Type} and cannot be reached from the internet";
        return new Target([], NameLookup.FromInternet(url, []), service, port);
    }

    private Service? ServiceNamed(string host, string clientNamespace)
    {
        string domain = $".svc.{prepared.Dns.Domain}";
        string name = host.TrimEnd('.');
        if (name.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
            name = name[..^domain.Length];
        else if (name.EndsWith(".svc", StringComparison.OrdinalIgnoreCase))
            name = name[..^4];
        string[] labels = name.Split('.');
        string wantedNamespace = labels.Length == 1 ? clientNamespace : labels[^1];
        string wantedName = labels.Length == 1 ? labels[0] : labels[^2];
        return _cluster.Services.FirstOrDefault(service => service.Meta.Name == wantedName && service.Meta.Namespace == wantedNamespace);
    }

    // A name that no Service could have: requests to it fail, since no resolver answers it. A misspelled Service of a namespace is an error.
    private bool MayBeOutside(string host)
    {
        string[] labels = host.TrimEnd('.').Split('.');
        return labels.Length > 1 && labels[^1] != "svc" && !host.TrimEnd('.').EndsWith($".{prepared.Dns.Domain}", StringComparison.OrdinalIgnoreCase)
            && !_cluster.Services.Any(service => service.Meta.Namespace == labels[^1]);
    }

    // The nearest Service as the client would write it, and how to say that the host is outside the cluster.
    private string Suggest(string host, string clientNamespace)
    {
        string written = host.TrimEnd('.');
        bool isQualified = written.Contains('.', StringComparison.Ordinal);
        Service[] services = [.. _cluster.Services.Where(IsOfScenario)];
        string NameOf(Service service) => service.Meta.Namespace == clientNamespace && !isQualified ? service.Meta.Name : $"{service.Meta.Name}.{service.Meta.Namespace}";
        string? near = Spelling.Nearest(written.Replace($".svc.{prepared.Dns.Domain}", "", StringComparison.OrdinalIgnoreCase), services.Select(NameOf))
            ?? services.Where(service => service.Meta.Name == written.Split('.')[0]).Select(service => $"{service.Meta.Name}.{service.Meta.Namespace}").FirstOrDefault();
        string declare = isQualified ? $"to call a host outside the cluster, declare it: network.externalHosts: [{written}], or --external-host {written}" : "";
        return near is null
            ? declare.Length == 0 ? "" : $"; {declare}"
            : $"; did you mean '{near}'?{(declare.Length == 0 ? "" : $" T{declare[1..]}")}";
    }

    private static string Ports(Service service) => string.Join(", ", service.Ports.Select(port => $"{port.Port}/{port.Protocol}"));
}
