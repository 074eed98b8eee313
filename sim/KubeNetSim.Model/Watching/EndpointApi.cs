using System.Collections.Immutable;

namespace KubeNetSim.Model.Watching;

/// <summary>One write on the way of a pod into an API or out of it.</summary>
public enum EndpointStep
{
    /// <summary>A new endpoint is added.</summary>
    Add,

    /// <summary>The endpoint added last changes.</summary>
    ChangeNew,

    /// <summary>The oldest endpoint changes.</summary>
    ChangeOld,

    /// <summary>The oldest endpoint goes.</summary>
    Remove,
}

/// <summary>A way to publish the endpoints of a Service.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Capacity">How many endpoints one object holds; int.MaxValue where one object holds all.</param>
/// <param name="BytesOf">Size of an object with so many endpoints, on the wire [B].</param>
/// <param name="Addition">What is written when a pod comes.</param>
/// <param name="Replacement">What is written when a pod comes for one that goes.</param>
public sealed record EndpointApi(
    string Name, int Capacity, Func<int, long> BytesOf, ImmutableArray<EndpointStep> Addition, ImmutableArray<EndpointStep> Replacement)
{
    /// <summary>Size above which etcd refuses an object: 1.5 MiB (--max-request-bytes) [B].</summary>
    public const long LargestStored = 1_572_864;

    private const int KepEndpointBytes = 100;
    private const int KepLeastBytes = 1_000;

    // A pod is listed when it has an address, changes when it is ready, changes again when it terminates, and goes. Endpoints drop it as it
    // terminates (ShouldPodBeInEndpoints in k8s.io/endpointslice/util).
    private static readonly ImmutableArray<EndpointStep> Come = [EndpointStep.Add, EndpointStep.ChangeNew];
    private static readonly ImmutableArray<EndpointStep> Go = [EndpointStep.ChangeOld, EndpointStep.Remove];

    /// <summary>
    /// The three of KEP-0752, by its own estimates: 100 bytes an endpoint, 1 kB for an object of a few, and one write for every endpoint
    /// that is added or replaced (keps/sig-network/0752-endpointslices, "Estimation").
    /// </summary>
    public static ImmutableArray<EndpointApi> Kep0752 { get; } =
        [OfKep("Endpoints", int.MaxValue), OfKep("EndpointSlices of 100", 100), OfKep("EndpointSlices of 1", 1)];

    /// <summary>
    /// As a cluster has them, by the sizes of the Service's own objects in protobuf, which kube-proxy asks for: one object with everything,
    /// as before Kubernetes 1.22; one of at most 1,000 addresses; and slices.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="service">A Service that has at least one endpoint.</param>
    public static ImmutableArray<EndpointApi> Of(Cluster cluster, Service service)
    {
        (Func<int, long> one, Func<int, long> slice) = ObjectSizes.Of(cluster, service);
        return
        [
            new EndpointApi("Endpoints, all in one", int.MaxValue, one, Come, [.. Come, EndpointStep.Remove]),
            new EndpointApi("Endpoints, 1,000 at most", int.MaxValue, count => one(Math.Min(count, EndpointsController.Capacity)), Come,
                [.. Come, EndpointStep.Remove]),
            new EndpointApi("EndpointSlices", EndpointSlice.MaxEndpoints, slice, Come, [.. Come, .. Go]),
        ];
    }

    private static EndpointApi OfKep(string name, int capacity) =>
        new(name, capacity, count => count < KepEndpointBytes ? KepLeastBytes : (long)count * KepEndpointBytes,
            [EndpointStep.Add], [EndpointStep.ChangeOld]);
}
