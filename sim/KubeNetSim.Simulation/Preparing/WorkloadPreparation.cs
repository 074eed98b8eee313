using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>Finds the clients of a workload and the targets of its requests, or reports why there are none.</summary>
internal sealed class WorkloadPreparation(PreparedScenario prepared, ImmutableArray<Problem>.Builder problems)
{
    private readonly Cluster _cluster = prepared.Cluster;
    private readonly Targets _targets = new(prepared);
    private readonly HttpFrontends _frontends = new(prepared.Cluster);

    /// <summary>The workload with its clients and targets; null where an error was found.</summary>
    public PreparedWorkload? Prepare(Workload workload)
    {
        ImmutableArray<Source> sources = SourcesOf(workload);
        if (sources.IsEmpty)
            return null;
        Target? target = workload.To switch
        {
            WorkloadTarget.Services services => OneOf(workload, services),
            WorkloadTarget.Url url => At(workload, url, sources[0]),
            _ => throw new System.Diagnostics.UnreachableException($"target {workload.To}"),
        };
        if (target is null)
            return null;
        Relaying? relaying = RelayingOf(workload, target);
        ImmutableArray<int> backends = relaying is null ? _targets.BackendsOf(target)
            : [.. relaying.Calls.SelectMany(call => _targets.BackendsOf(new Target(call.Destinations, null, null, null))).Distinct().Order()];
        ImmutableArray<WatchedPort> ports = relaying is null ? _targets.PortsOf(target)
            : [.. relaying.Calls.SelectMany(call => _targets.PortsOf(new Target(call.Destinations, null, null, null)).Concat(call.Watches is { } port ? [port] : [])).Distinct()];
        return new PreparedWorkload
        {
            Spec = workload,
            Sources = sources,
            Destinations = target.Destinations,
            Name = target.Name,
            FromText = Describe(workload.From),
            ToText = Describe(workload.To),
            Path = WorkloadPath.Of(target, sources[0], prepared, isRelayed: relaying is not null),
            Relaying = relaying,
            PossibleBackends = backends.Length > PreparedWorkload.MostListedBackends ? [] : backends,
            PossibleBackendCount = backends.Length,
            Ports = ports,
        };
    }

    private ImmutableArray<Source> SourcesOf(Workload workload)
    {
        ImmutableArray<Source> sources = workload.From switch
        {
            WorkloadSource.Internet internet => [.. Enumerable.Range(0, internet.Clients).Select(Source.Outside)],
            WorkloadSource.Client client => [new Source(PacketSource.External, Topology.None, Topology.None, client.Address)],
            WorkloadSource.AnyNode => [.. Enumerable.Range(0, _cluster.Nodes.Length).Select(NodeSource)],
            WorkloadSource.NamedNode named => [.. NodesNamed(named.Name).Select(NodeSource)],
            WorkloadSource.NamedPod pod => PodsWhere(item => item.Meta.Namespace == pod.Namespace && item.Meta.Name == pod.Name),
            WorkloadSource.Pods pods => PodsWhere(item => item.Meta.Namespace == pods.Namespace && pods.Selector.Matches(item.Meta.Labels)),
            _ => throw new System.Diagnostics.UnreachableException($"source {workload.From}"),
        };
        if (sources.IsEmpty)
            Add(workload, "workload-without-clients", "from", $"Workload '{workload.Name}' has no client: {WhyNoClient(workload.From)}", null);
        return sources;
    }

    private string WhyNoClient(WorkloadSource from) => from switch
    {
        WorkloadSource.NamedNode named =>
            $"no node is named '{named.Name}'; there are {Some(_cluster.Nodes.Select(node => node.Meta.Name))}",
        WorkloadSource.NamedPod pod => $"no running pod is named '{pod.Namespace}/{pod.Name}'",
        WorkloadSource.Pods pods => $"no running pod in namespace '{pods.Namespace}' matches '{pods.Selector}'",
        _ => "the cluster has no node",
    };

    private IEnumerable<int> NodesNamed(string name) =>
        Enumerable.Range(0, _cluster.Nodes.Length).Where(node => _cluster.Nodes[node].Meta.Name == name);

    private Source NodeSource(int node) =>
        new(PacketSource.Node, node, Topology.None, _cluster.Nodes[node].InternalAddresses[0]);

    private ImmutableArray<Source> PodsWhere(Func<Pod, bool> isMeant)
    {
        ImmutableArray<Source>.Builder sources = ImmutableArray.CreateBuilder<Source>();
        for (int pod = 0; pod < _cluster.Pods.Length; pod++)
        {
            Pod item = _cluster.Pods[pod];
            int node = prepared.Topology.NodeOfPod(pod);
            if (node >= 0 && !item.Addresses.IsEmpty && isMeant(item))
                sources.Add(new Source(item.Spec.HostNetwork ? PacketSource.Node : PacketSource.Pod, node, pod, item.Addresses[0]));
        }
        return sources.ToImmutable();
    }

    private Target? OneOf(Workload workload, WorkloadTarget.Services services)
    {
        Target target = _targets.Matching(services);
        if (!target.Destinations.IsEmpty)
            return target;
        Add(workload, "workload-without-target", "to.services",
            $"Workload '{workload.Name}' has no target: no Service with a cluster IP{In(services.Namespace)} matches '{services.Selector}'", null);
        return null;
    }

    private Target? At(Workload workload, WorkloadTarget.Url url, Source client)
    {
        string clientNamespace = client.Pod >= 0 ? _cluster.Pods[client.Pod].Meta.Namespace : "default";
        HttpFrontend? frontend = _frontends.Named(workload, out string? why)
            ?? (why is null && !_targets.IsKnown(url, clientNamespace) ? _frontends.For(RequestOf(workload, url)) : null);
        Target? target = why is not null ? null
            : frontend is not null ? _targets.Through(frontend.Service, url, client, clientNamespace, out why)
            : _targets.At(url, client, clientNamespace, out why);
        if (target is null)
        {
            Add(workload, "unknown-host", "to", $"Workload '{workload.Name}' calls '{url}', but {why}", null);
            return null;
        }
        if (why is not null)
            problems.Add(new Problem(Severity.Warning, "unreachable-target", workload.Origin.Of("to"), "to", $"Workload '{workload.Name}' calls '{url}': {why}"));
        return target;
    }

    // Requests to the Service of a router end at its pods, which decide on them.
    private Relaying? RelayingOf(Workload workload, Target target)
    {
        if (workload.To is not WorkloadTarget.Url url || _frontends.Of(target.Service) is not { } frontend)
            return null;
        Relaying relaying = new RelayPreparation(prepared, pods => PodsWhere(pod => pod.Meta.Namespace == pods.Namespace && pods.Selector.Matches(pod.Meta.Labels)))
            .Of(workload, frontend, RequestOf(workload, url), _targets.BackendsOf(target));
        if (relaying.Calls.IsEmpty && relaying.Decision.Outcomes[0] is { Status: 0 or >= 400 } answer)
            problems.Add(new Problem(Severity.Warning, "unreachable-target", workload.Origin.Of("to"), "to",
                $"Workload '{workload.Name}' calls '{url}', and {frontend.Router.Name} {(answer.Status > 0 ? $"answers {answer.Status}" : "closes the connection")}: {answer.Reason}"));
        return relaying;
    }

    private static HttpRequest RequestOf(Workload workload, WorkloadTarget.Url url)
    {
        int question = url.Path.IndexOf('?', StringComparison.Ordinal);
        return new HttpRequest
        {
            Scheme = url.Scheme,
            Host = url.Host.ToLowerInvariant(),
            Port = url.Port,
            HostPort = url.Port,
            Path = question < 0 ? url.Path : url.Path[..question],
            Query = question < 0 ? "" : url.Path[(question + 1)..],
            Method = workload.Method ?? (url.Scheme == "grpc" ? "POST" : "GET"),
            Headers = workload.Headers,
        };
    }

    private void Add(Workload workload, string rule, string field, string message, string? help) =>
        problems.Add(new Problem(Severity.Error, rule, workload.Origin.Of(field), field, message, help));

    private static string Describe(WorkloadSource from) => from switch
    {
        WorkloadSource.Internet => "internet",
        WorkloadSource.Client client => client.Address.ToString(),
        WorkloadSource.AnyNode => "nodes",
        WorkloadSource.NamedNode named => $"node/{named.Name}",
        WorkloadSource.NamedPod pod => $"pod/{pod.Namespace}/{pod.Name}",
        WorkloadSource.Pods pods => $"pods of {pods.Namespace} with {pods.Selector}",
        _ => throw new System.Diagnostics.UnreachableException($"source {from}"),
    };

    private static string Describe(WorkloadTarget to) => to switch
    {
        WorkloadTarget.Url url => url.ToString(),
        WorkloadTarget.Services services => $"Services{In(services.Namespace)} with {services.Selector}",
        _ => throw new System.Diagnostics.UnreachableException($"target {to}"),
    };

    private static string In(string? name) => name is null ? "" : $" in namespace '{name}'";

    private static string Some(IEnumerable<string> names)
    {
        string[] all = [.. names.Take(6)];
        return all.Length == 0 ? "none" : string.Join(", ", all.Take(5)) + (all.Length > 5 ? ", ..." : "");
    }
}
