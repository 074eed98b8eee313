using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Reading;

/// <summary>Collects the objects that route HTTP.</summary>
internal sealed class HttpCollector
{
    private readonly ImmutableArray<Ingress>.Builder _ingresses = ImmutableArray.CreateBuilder<Ingress>();
    private readonly ImmutableArray<IngressClass>.Builder _ingressClasses = ImmutableArray.CreateBuilder<IngressClass>();
    private readonly ImmutableArray<GatewayClass>.Builder _gatewayClasses = ImmutableArray.CreateBuilder<GatewayClass>();
    private readonly ImmutableArray<Gateway>.Builder _gateways = ImmutableArray.CreateBuilder<Gateway>();
    private readonly ImmutableArray<ListenerSet>.Builder _listenerSets = ImmutableArray.CreateBuilder<ListenerSet>();
    private readonly ImmutableArray<Route>.Builder _routes = ImmutableArray.CreateBuilder<Route>();
    private readonly ImmutableArray<ReferenceGrant>.Builder _grants = ImmutableArray.CreateBuilder<ReferenceGrant>();
    private readonly ImmutableArray<Secret>.Builder _secrets = ImmutableArray.CreateBuilder<Secret>();

    /// <summary>Reads an object: what it is called, and how to keep it. Null for kinds that have no part in routing HTTP.</summary>
    public (ObjectMeta Meta, Action Keep)? Read(string kind, Fields fields) => kind switch
    {
        "Ingress" => Kept(_ingresses, IngressReader.Read(fields), item => item.Meta),
        "IngressClass" => Kept(_ingressClasses, IngressReader.ReadClass(fields), item => item.Meta),
        "GatewayClass" => Kept(_gatewayClasses, GatewayReader.ReadClass(fields), item => item.Meta),
        "Gateway" => Kept(_gateways, GatewayReader.Read(fields), item => item.Meta),
        "ListenerSet" => Kept(_listenerSets, GatewayReader.ReadSet(fields), item => item.Meta),
        "ReferenceGrant" => Kept(_grants, GatewayReader.ReadGrant(fields), item => item.Meta),
        "Secret" => Kept(_secrets, GatewayReader.ReadSecret(fields), item => item.Meta),
        _ => Enum.TryParse(kind, out RouteKind route) ? Kept(_routes, RouteReader.Read(fields, route), item => item.Meta) : null,
    };

    public HttpObjects ToObjects() => new()
    {
        Ingresses = _ingresses.ToImmutable(),
        IngressClasses = _ingressClasses.ToImmutable(),
        GatewayClasses = _gatewayClasses.ToImmutable(),
        Gateways = _gateways.ToImmutable(),
        ListenerSets = _listenerSets.ToImmutable(),
        Routes = _routes.ToImmutable(),
        ReferenceGrants = _grants.ToImmutable(),
        Secrets = _secrets.ToImmutable(),
    };

    private static (ObjectMeta Meta, Action Keep) Kept<T>(ImmutableArray<T>.Builder list, T item, Func<T, ObjectMeta> metaOf) =>
        (metaOf(item), () => list.Add(item));
}
