using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Hints that tell the proxies of a zone or node which endpoints to use: by the topology-mode annotation in proportion to the zones' CPU,
/// else by trafficDistribution, each endpoint for where it is. The annotation outranks the field (reconciler.go).
/// </summary>
internal sealed class EndpointHints(ImmutableArray<Node> nodes, ControllerLog log)
{
    private const string TopologyMode = "service.kubernetes.io/topology-mode";
    private const string TopologyAwareHints = "service.kubernetes.io/topology-aware-hints";

    private readonly ZoneShares? _shares = ZoneShares.Of(nodes);

    /// <summary>The slices of one Service and family, with hints.</summary>
    public List<EndpointSlice> AddTo(Service service, IpFamily family, List<EndpointSlice> slices)
    {
        if (IsByCpu(service))
            return ByCpu(service, family, slices);
        return service.TrafficDistribution switch
        {
            "PreferClose" or "PreferSameZone" => WithHints(slices, endpoint => endpoint with { ZoneHints = ZoneOf(endpoint) }),
            "PreferSameNode" => WithHints(slices, endpoint => endpoint with { ZoneHints = ZoneOf(endpoint), NodeHints = NodeOf(endpoint) }),
            _ => slices,
        };
    }

    // hintsEnabled in utils.go: where both are written, the older annotation counts.
    private static bool IsByCpu(Service service) =>
        (service.Meta.Annotations.GetValueOrDefault(TopologyAwareHints) ?? service.Meta.Annotations.GetValueOrDefault(TopologyMode)) is "Auto" or "auto";

    private List<EndpointSlice> ByCpu(Service service, IpFamily family, List<EndpointSlice> slices)
    {
        HintAllocation allocation = HintAllocation.Of(_shares, [.. slices.SelectMany(slice => slice.Endpoints)]);
        log.Event($"Service {service.Meta.FullName}", allocation.IsPossible ? "TopologyAwareHintsEnabled" : "TopologyAwareHintsDisabled",
            $"{allocation.Message}, addressType: {family}");
        if (!allocation.IsPossible)
            return slices;
        int number = 0;
        return WithHints(slices, endpoint => endpoint with { ZoneHints = [allocation.ZoneOfReady(number++)] });
    }

    // Only ready endpoints have hints (trafficdist.go, topologycache.go).
    private static List<EndpointSlice> WithHints(List<EndpointSlice> slices, Func<Endpoint, Endpoint> add) =>
        [.. slices.Select(slice => slice with { Endpoints = [.. slice.Endpoints.Select(endpoint => endpoint.IsReady ? add(endpoint) : endpoint)] })];

    private static ImmutableArray<string> ZoneOf(Endpoint endpoint) => endpoint.Zone is { } zone ? [zone] : [];

    private static ImmutableArray<string> NodeOf(Endpoint endpoint) => endpoint.NodeName is { } node ? [node] : [];
}
