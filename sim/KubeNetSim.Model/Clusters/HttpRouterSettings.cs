namespace KubeNetSim.Model.Clusters;

/// <summary>What the pods are like that Gateways and Ingress controllers run as, where the files do not bring their own.</summary>
public sealed record HttpRouterSettings
{
    /// <summary>Pods of each Gateway and of each Ingress controller, from 1.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>CPU time of one request in such a pod: 0.2 ms, some thousand requests per second and core, as proxies are commonly measured.</summary>
    public DistributionSpec ServiceTime { get; init; } = new(DistributionKind.Lognormal, 200_000, 1, []);

    /// <summary>Requests that one pod works on at a time; waiting for a backend is not work.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>
    /// Whether pods call the cluster IP and leave the choice of an endpoint to kube-proxy, with its session affinity and traffic policy; as a
    /// rule they watch EndpointSlices and call endpoints themselves, any alike.
    /// </summary>
    public bool UsesClusterIP { get; init; }

    /// <summary>Whether connections to backends are kept for later requests.</summary>
    public bool KeepsConnections { get; init; } = true;

    /// <summary>The Service, <c>namespace/name</c>, of an Ingress controller that the files bring; null where they bring none.</summary>
    public string? IngressService { get; init; }
}
