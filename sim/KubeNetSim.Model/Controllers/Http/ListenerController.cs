using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>What becomes of the listeners of a Gateway before any route attaches (Gateway API ListenerStatus).</summary>
internal sealed class ListenerController(BackendResolution references)
{
    /// <summary>One status a listener, without routes.</summary>
    public ImmutableArray<ListenerStatus> StatusOf(Gateway gateway) =>
        [.. gateway.AllListeners.Select(listener => StatusOf(gateway, listener))];

    /// <summary>The kinds of routes that a protocol can carry.</summary>
    public static ImmutableArray<RouteKind> KindsOf(Listener listener) => listener switch
    {
        { Protocol: "HTTP" or "HTTPS" } => [RouteKind.HTTPRoute, RouteKind.GRPCRoute],
        { Protocol: "TLS", TlsMode: TlsMode.Terminate } => [RouteKind.TLSRoute, RouteKind.TCPRoute],
        { Protocol: "TLS" } => [RouteKind.TLSRoute],
        { Protocol: "TCP" } => [RouteKind.TCPRoute],
        { Protocol: "UDP" } => [RouteKind.UDPRoute],
        _ => [],
    };

    private ListenerStatus StatusOf(Gateway gateway, Listener listener)
    {
        ImmutableArray<RouteKind> possible = KindsOf(listener);
        ImmutableArray<RouteKind> kinds = listener.Kinds.IsEmpty ? possible
            : [.. possible.Where(kind => listener.Kinds.Contains(new RouteGroupKind(Route.Group, kind.ToString())))];
        Condition accepted = possible.IsEmpty
            ? new Condition("Accepted", false, "UnsupportedProtocol",
                $"There is no protocol \"{listener.Protocol}\"; there are HTTP, HTTPS, TLS, TCP and UDP")
            : new Condition("Accepted", true, "Accepted");
        Condition conflicted = Conflict(gateway, listener);
        Condition resolved = Resolved(gateway, listener, kinds, out bool isUsable);
        bool isServing = accepted.IsTrue && !conflicted.IsTrue && (resolved.IsTrue || isUsable);
        Condition? fault = !accepted.IsTrue ? accepted : conflicted.IsTrue ? conflicted : !resolved.IsTrue ? resolved : null;
        return new ListenerStatus
        {
            Listener = listener,
            SupportedKinds = kinds,
            Conditions =
            [
                conflicted.IsTrue && accepted.IsTrue ? new Condition("Accepted", false, conflicted.Reason, conflicted.Message) : accepted,
                fault is null
                    ? new Condition("Programmed", true, "Programmed")
                    : new Condition("Programmed", false, "Invalid", fault.Message),
                resolved,
                conflicted,
                .. Overlap(gateway, listener),
            ],
            IsServing = isServing,
        };
    }

    // Listeners of one port differ by host and speak the same protocol; HTTPS and TLS are both distinguished by the server name. None of
    // two that conflict wins, but of two that are not of one object, the first by precedence does (GEP-1713).
    private static Condition Conflict(Gateway gateway, Listener listener)
    {
        bool isBefore = true;
        foreach (Listener other in gateway.AllListeners)
        {
            isBefore &= !ReferenceEquals(other, listener);
            if (ReferenceEquals(other, listener) || other.Port != listener.Port || (other.Set != listener.Set && !isBefore)
                || (other.Protocol == "UDP") != (listener.Protocol == "UDP"))
                continue;
            if (LayerOf(other) != LayerOf(listener))
                return new Condition("Conflicted", true, "ProtocolConflict",
                    $"Listener {other.Name} speaks {other.Protocol} at the same port {other.Port}");
            bool hasHost = listener.Protocol is not ("TCP" or "UDP");
            if (!hasHost || other.Hostname.Equals(listener.Hostname, StringComparison.OrdinalIgnoreCase))
                return new Condition("Conflicted", true, hasHost ? "HostnameConflict" : "ProtocolConflict",
                    $"Listener {other.Name} is for the same {(hasHost ? "host and port" : "port")}");
        }
        return new Condition("Conflicted", false, "NoConflicts");
    }

    // A browser may use a connection again for every host of its certificate. True or absent, never false.
    private static IEnumerable<Condition> Overlap(Gateway gateway, Listener listener) =>
        LayerOf(listener) != "TLS" ? [] : gateway.AllListeners
            .Where(other => !ReferenceEquals(other, listener) && other.Port == listener.Port && LayerOf(other) == "TLS"
                && Hostnames.Intersect(other.Hostname, listener.Hostname) is not null)
            .Take(1)
            .Select(other => new Condition("OverlappingTLSConfig", true, "OverlappingHostnames",
                $"Listener {other.Name} has hosts in common with this one"));

    private static string LayerOf(Listener listener) => listener.Protocol == "HTTPS" ? "TLS" : listener.Protocol;

    private Condition Resolved(Gateway gateway, Listener listener, ImmutableArray<RouteKind> kinds, out bool isUsable)
    {
        isUsable = true;
        Condition? problem = null;
        if (listener.Protocol == "HTTPS" || listener is { Protocol: "TLS", TlsMode: TlsMode.Terminate })
            problem = Certificates(gateway, listener, out isUsable);
        if (problem is null && kinds.Length < listener.Kinds.Distinct().Count())
        {
            RouteGroupKind wrong = listener.Kinds.First(
                kind => !kinds.Any(known => kind == new RouteGroupKind(Route.Group, known.ToString())));
            isUsable = kinds.Length > 0;
            problem = new Condition("ResolvedRefs", false, "InvalidRouteKinds",
                $"A listener of protocol {listener.Protocol} has no routes of kind {wrong.Kind} ({wrong.Group})");
        }
        return problem ?? new Condition("ResolvedRefs", true, "ResolvedRefs");
    }

    private Condition? Certificates(Gateway gateway, Listener listener, out bool isUsable)
    {
        isUsable = true;
        if (listener.CertificateRefs.IsEmpty && listener.TlsOptions.IsEmpty)
            return new Condition("ResolvedRefs", false, "InvalidCertificateRef", "The listener ends TLS and names no certificate");
        foreach (ObjectReference reference in listener.CertificateRefs)
            if (references.CertificateProblem(gateway, listener, reference, out isUsable) is { } problem)
                return problem;
        isUsable = true;
        return null;
    }
}
