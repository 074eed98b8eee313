using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>What a backend reference leads to.</summary>
/// <param name="Service">The Service; null where the reference is invalid.</param>
/// <param name="Port">Its port; null where the reference is invalid.</param>
/// <param name="Reason">ResolvedRefs, or the reason of the specification why it is invalid.</param>
/// <param name="Message">Why it is invalid, in a sentence.</param>
public sealed record ResolvedBackend(Service? Service, ServicePort? Port, string Reason, string Message)
{
    /// <summary>The reason of a valid reference.</summary>
    public const string Resolved = "ResolvedRefs";

    /// <summary>Whether it leads to a Service.</summary>
    public bool IsValid => Service is not null;
}

/// <summary>Follows references of routes and listeners to other objects (Gateway API BackendObjectReference, ReferenceGrant).</summary>
public sealed class BackendResolution
{
    private readonly Dictionary<(string Namespace, string Name), Service> _services = [];
    private readonly Dictionary<(string Namespace, string Name), Secret> _secrets = [];
    private readonly ImmutableArray<ReferenceGrant> _grants;

    /// <summary>Reads a cluster's Services, Secrets and ReferenceGrants.</summary>
    public BackendResolution(Cluster cluster)
    {
        foreach (Service service in cluster.Services)
            _services.TryAdd((service.Meta.Namespace, service.Meta.Name), service);
        foreach (Secret secret in cluster.Http.Secrets)
            _secrets.TryAdd((secret.Meta.Namespace, secret.Meta.Name), secret);
        _grants = cluster.Http.ReferenceGrants;
    }

    /// <summary>The Service behind a reference of a route.</summary>
    public ResolvedBackend Resolve(Route route, BackendReference reference)
    {
        ObjectReference named = reference.Object;
        if (named is not { Group: "", Kind: "Service" })
            return Invalid("InvalidKind",
                $"Backends of kind {named.Kind}{(named.Group.Length > 0 ? $" ({named.Group})" : "")} are not known");
        if (!IsPermitted(route.Kind.ToString(), route.Meta.Namespace, named))
            return Invalid("RefNotPermitted",
                $"No ReferenceGrant in namespace {named.Namespace} lets {route.Kind}s of namespace {route.Meta.Namespace} use {named}");
        if (!_services.TryGetValue((named.Namespace, named.Name), out Service? service))
            return Invalid("BackendNotFound", $"There is no {named}");
        if (service.Type == ServiceType.ExternalName)
            return Invalid("InvalidKind",
                $"{named} is of type ExternalName, which leads out of the cluster; Gateways do not follow it (CVE-2021-25740)");
        Protocol protocol = route.Kind == RouteKind.UDPRoute ? Protocol.UDP : Protocol.TCP;
        ServicePort[] ports = [.. service.Ports.Where(port => port.Port == reference.Port)];
        if (ports.Length == 0)
            return Invalid("BackendNotFound", $"{named} has no port {reference.Port}");
        return ports.FirstOrDefault(port => port.Protocol == protocol) is { } port
            ? new ResolvedBackend(service, port, ResolvedBackend.Resolved, "")
            : Invalid("UnsupportedProtocol", $"Port {reference.Port} of {named} is not {protocol}");
    }

    /// <summary>The Service behind the backend of an Ingress; null for other resources.</summary>
    public ResolvedBackend Resolve(Ingress ingress, IngressBackend backend)
    {
        if (backend.Resource is { } resource)
            return Invalid("InvalidKind", $"The resource {resource} is not known");
        if (!_services.TryGetValue((ingress.Meta.Namespace, backend.ServiceName), out Service? service))
            return Invalid("BackendNotFound", $"There is no Service {ingress.Meta.Namespace}/{backend.ServiceName}");
        ServicePort? port = service.Ports.FirstOrDefault(port => backend.PortName is { } name
            ? port.Name == name
            : port.Port == backend.PortNumber);
        // ingress-nginx takes any number for a Service of type ExternalName.
        if (port is null && service.Type == ServiceType.ExternalName && backend.PortNumber > 0)
            port = new ServicePort { Port = backend.PortNumber, TargetPort = backend.PortNumber };
        return port is null
            ? Invalid("BackendNotFound", $"Service {service.Meta.FullName} has no port {backend.PortName ?? $"{backend.PortNumber}"}")
            : new ResolvedBackend(service, port, ResolvedBackend.Resolved, "");
    }

    /// <summary>The condition of a listener's certificates; null where all are there.</summary>
    /// <param name="gateway">The Gateway.</param>
    /// <param name="listener">The listener, which may be of a ListenerSet: then the grants for the Gateway do not count.</param>
    /// <param name="reference">One certificate.</param>
    /// <param name="isUsable">Whether requests can be taken all the same, because only the files do not hold the Secret.</param>
    public Condition? CertificateProblem(Gateway gateway, Listener listener, ObjectReference reference, out bool isUsable)
    {
        isUsable = false;
        if (reference is not { Group: "", Kind: "Secret" })
            return new Condition("ResolvedRefs", false, "InvalidCertificateRef", $"A certificate is a Secret, not {reference}");
        (string kind, string space) = listener.Set is { } set ? ("ListenerSet", set.Namespace) : ("Gateway", gateway.Meta.Namespace);
        if (!IsPermitted(kind, space, reference))
            return new Condition("ResolvedRefs", false, "RefNotPermitted",
                $"No ReferenceGrant in namespace {reference.Namespace} lets {kind}s of namespace {space} use "
                + $"{reference}");
        if (!_secrets.TryGetValue((reference.Namespace, reference.Name), out Secret? secret))
        {
            isUsable = true;
            return new Condition("ResolvedRefs", false, "InvalidCertificateRef", $"The files hold no {reference}");
        }
        return secret.HoldsCertificate
            ? null
            : new Condition("ResolvedRefs", false, "InvalidCertificateRef", $"{reference} holds no certificate and key");
    }

    /// <summary>A Secret; null where the files do not hold it.</summary>
    internal Secret? SecretNamed(string space, string name) => _secrets.GetValueOrDefault((space, name));

    private bool IsPermitted(string kind, string space, ObjectReference named) =>
        named.Namespace == space || _grants.Any(grant =>
            grant.Meta.Namespace == named.Namespace
            && grant.From.Contains((Route.Group, kind, space))
            && grant.To.Any(to => to.Group == named.Group && to.Kind == named.Kind && (to.Name.Length == 0 || to.Name == named.Name)));

    private static ResolvedBackend Invalid(string reason, string message) => new(null, null, reason, message);
}
