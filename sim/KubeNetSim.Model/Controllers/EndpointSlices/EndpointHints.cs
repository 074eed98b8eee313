using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// Hints that tell the proxies of a zone or node which endpoints to use: by the topology-mode annotation in proportion to the zones' CPU,
/// otherwise by trafficDistribution, each endpoint for its own zone or node. The annotation takes precedence over the field
/// (k8s.io/endpointslice reconciler.go).
/// </summary>
/// <param name="shares">Shares of the zones; null where they are not known.</param>
/// <param name="log">Takes the events.</param>
internal sealed class EndpointHints(ZoneShares? shares, ControllerLog log)
{
    private const string TopologyMode = "service.kubernetes.io/topology-mode";
    private const string TopologyAwareHints = "service.kubernetes.io/topology-aware-hints";

    /// <summary>Gives hints to the slices that are written, and writes those too whose hints are wrong.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="family">Family of the slices.</param>
    /// <param name="plan">Its slices of that family.</param>
    /// <param name="isHinted">Whether it had hints by CPU before; then it is no news that it has them.</param>
    /// <returns>Whether it has them now.</returns>
    public bool AddTo(Service service, IpFamily family, SlicePlan plan, bool isHinted)
    {
        if (IsByCpu(service))
            return ByCpu(service, family, plan, isHinted);
        switch (service.TrafficDistribution)
        {
            case "PreferClose" or "PreferSameZone":
                SetReady(plan, endpoint => (ZoneOf(endpoint), []));
                break;
            case "PreferSameNode":
                SetReady(plan, endpoint => (ZoneOf(endpoint), NodeOf(endpoint)));
                break;
            default:
                Remove(plan);
                break;
        }
        return false;
    }

    // hintsEnabled in utils.go: where both are written, the older annotation counts.
    private static bool IsByCpu(Service service) =>
        (service.Meta.Annotations.GetValueOrDefault(TopologyAwareHints)
            ?? service.Meta.Annotations.GetValueOrDefault(TopologyMode)) is "Auto" or "auto";

    private bool ByCpu(Service service, IpFamily family, SlicePlan plan, bool isHinted)
    {
        string? obstacle = HintAllocation.Allocate(plan, shares);
        if (obstacle is not null)
            Remove(plan);
        if (obstacle is not null || !isHinted)
            log.Event("Service", service.Meta, obstacle is null ? "TopologyAwareHintsEnabled" : "TopologyAwareHintsDisabled",
                $"{obstacle ?? "Topology Aware Hints has been enabled"}, addressType: {family}", isWarning: obstacle is not null);
        return obstacle is null;
    }

    // Only ready endpoints have hints, and only those of ready endpoints are looked at (trafficdist.go).
    private static void SetReady(SlicePlan plan, Func<Endpoint, (ImmutableArray<string> Zones, ImmutableArray<string> Nodes)> hintsOf)
    {
        plan.WriteToo(slice => slice.Endpoints.Any(endpoint => IsStated(endpoint)
            && hintsOf(endpoint) is var (zones, nodes)
            && !(endpoint.ZoneHints.SequenceEqual(zones) && endpoint.NodeHints.SequenceEqual(nodes))));
        plan.Rewrite(slice => slice with
        {
            Endpoints =
            [.. slice.Endpoints.Select(endpoint => IsStated(endpoint) ? Hinted(endpoint) : endpoint)]
        });

        Endpoint Hinted(Endpoint endpoint) =>
            hintsOf(endpoint) is var (zones, nodes) ? endpoint with { ZoneHints = zones, NodeHints = nodes } : endpoint;
    }

    private static void Remove(SlicePlan plan)
    {
        plan.WriteToo(slice => slice.Endpoints.Any(HasHints));
        plan.Rewrite(slice => !slice.Endpoints.Any(HasHints) ? slice
            : slice with { Endpoints = [.. slice.Endpoints.Select(endpoint => endpoint with { ZoneHints = [], NodeHints = [] })] });
    }

    private static bool HasHints(Endpoint endpoint) => !endpoint.ZoneHints.IsEmpty || !endpoint.NodeHints.IsEmpty;

    // The controllers count an endpoint as ready only where it says so.
    private static bool IsStated(Endpoint endpoint) => endpoint.Ready == true;

    private static ImmutableArray<string> ZoneOf(Endpoint endpoint) => endpoint.Zone is { } zone ? [zone] : [];

    private static ImmutableArray<string> NodeOf(Endpoint endpoint) => endpoint.NodeName is { } node ? [node] : [];
}
