using System.Collections.Immutable;

namespace KubeNetSim.Model.Clusters;

/// <summary>The pods that Gateways and Ingress controllers run as, where the files do not contain their own.</summary>
public sealed record HttpRouterSettings
{
    /// <summary>Pods of each Gateway and of each Ingress controller, from 1.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>
    /// CPU time of one request in such a pod: 0.2 ms, some thousand requests per second and core, as proxies are commonly measured.
    /// </summary>
    public DistributionSpec ServiceTime { get; init; } = new(DistributionKind.Lognormal, 200_000, 1, []);

    /// <summary>Requests that one pod works on at a time; waiting for a backend is not work.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>
    /// Whether pods call the cluster IP and leave the choice of an endpoint to kube-proxy, with its session affinity and traffic policy. By
    /// default they watch EndpointSlices and call the endpoints themselves, with equal probability.
    /// </summary>
    public bool UsesClusterIP { get; init; }

    /// <summary>Whether connections to backends are kept open for later requests.</summary>
    public bool KeepsConnections { get; init; } = true;

    /// <summary>
    /// The Service, <c>namespace/name</c>, of an Ingress controller that the files contain; null where they contain none.
    /// </summary>
    public string? IngressService { get; init; }

    /// <summary>The Services, <c>namespace/name</c>, of the Ingress controllers that were recognised in the files, by the class that they serve.</summary>
    public ImmutableSortedDictionary<string, string> RecognizedServices { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The Services, <c>namespace/name</c>, of Gateways whose implementation was recognized in the files, by the full name of the Gateway.</summary>
    public ImmutableSortedDictionary<string, string> RecognizedGateways { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The Service of the controller of a class; null where the files contain none.</summary>
    public string? IngressServiceOf(string className) => IngressService ?? RecognizedServices.GetValueOrDefault(className);

    /// <summary>Whether a Service, <c>namespace/name</c>, is the one of an Ingress controller or a Gateway in the files.</summary>
    public bool IsRouterService(string fullName) => fullName == IngressService || IsRecognized(fullName);

    /// <summary>Whether a Service, <c>namespace/name</c>, was recognized as the one of an Ingress controller or a Gateway.</summary>
    public bool IsRecognized(string fullName) => RecognizedServices.ContainsValue(fullName) || RecognizedGateways.ContainsValue(fullName);
}
