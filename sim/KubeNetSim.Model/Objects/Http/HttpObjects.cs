using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects.Http;

/// <summary>The objects that route HTTP: Ingresses, and those of the Gateway API. Lists keep the order of the files.</summary>
public sealed record HttpObjects
{
    /// <summary>Ingresses.</summary>
    public ImmutableArray<Ingress> Ingresses { get; init; } = [];

    /// <summary>IngressClasses.</summary>
    public ImmutableArray<IngressClass> IngressClasses { get; init; } = [];

    /// <summary>GatewayClasses.</summary>
    public ImmutableArray<GatewayClass> GatewayClasses { get; init; } = [];

    /// <summary>Gateways.</summary>
    public ImmutableArray<Gateway> Gateways { get; init; } = [];

    /// <summary>ListenerSets.</summary>
    public ImmutableArray<ListenerSet> ListenerSets { get; init; } = [];

    /// <summary>Routes of all kinds.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>ReferenceGrants.</summary>
    public ImmutableArray<ReferenceGrant> ReferenceGrants { get; init; } = [];

    /// <summary>Secrets.</summary>
    public ImmutableArray<Secret> Secrets { get; init; } = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Ingresses.IsEmpty && Gateways.IsEmpty && Routes.IsEmpty;
}
