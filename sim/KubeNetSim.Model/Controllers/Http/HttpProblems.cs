using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>
/// What the conditions of Gateways, routes and Ingresses say that their author should know, each at its place in the files. The API server
/// takes these objects; what is wrong with them shows in their status alone.
/// </summary>
public static class HttpProblems
{
    /// <summary>Every condition that does not hold, in the order of the objects.</summary>
    public static IEnumerable<Problem> Of(Cluster cluster)
    {
        if (cluster.Http.IsEmpty)
            return [];
        GatewayStates states = GatewayController.StatesOf(cluster);
        BackendResolution references = new(cluster);
        return states.Gateways.SelectMany(gateway => OfGateway(gateway, cluster.Http))
            .Concat(states.ListenerSets.SelectMany(OfListenerSet))
            .Concat(states.Routes.SelectMany(route => OfRoute(route, references)))
            .Concat(new IngressProblems(cluster.Http, references).All());
    }

    private static IEnumerable<Problem> OfGateway(GatewayStatus status, HttpObjects objects)
    {
        ObjectMeta meta = status.Gateway.Meta;
        if (!objects.GatewayClasses.IsEmpty && !objects.GatewayClasses.Any(item => item.Meta.Name == status.Gateway.ClassName))
            yield return Found(Severity.Warning, "gateway-class", meta, "spec.gatewayClassName",
                $"No file holds the GatewayClass \"{status.Gateway.ClassName}\"");
        if (status.Conditions[0] is { IsTrue: false, Reason: "UnsupportedAddress" } accepted)
            yield return Found(Severity.Warning, "gateway-not-accepted", meta, "spec.addresses", Text("Gateway", meta, accepted));
        if (status.Conditions.FirstOrDefault(condition => condition.Reason == "AddressNotUsable") is { } programmed)
            yield return Found(Severity.Warning, "gateway-not-programmed", meta, "spec.addresses", Text("Gateway", meta, programmed));
        foreach (Problem problem in OfListeners("Gateway", meta, [.. status.Listeners.Where(item => item.Listener.Set is null)]))
            yield return problem;
    }

    private static IEnumerable<Problem> OfListenerSet(ListenerSetStatus status) =>
        OfListeners("ListenerSet", status.Set.Meta, status.Listeners).Concat(
            status.Conditions[0] is { IsTrue: false, Reason: not "ListenersNotValid" } refused
                ? [Found(Severity.Warning, "listener-set-not-accepted", status.Set.Meta, "spec.parentRef", Text("ListenerSet", status.Set.Meta, refused))] : []);

    private static IEnumerable<Problem> OfListeners(string kind, ObjectMeta meta, ImmutableArray<ListenerStatus> listeners)
    {
        for (int listener = 0; listener < listeners.Length; listener++)
            foreach (Condition condition in listeners[listener].Conditions)
                if (condition is { Type: "Accepted", IsTrue: false, Reason: "UnsupportedProtocol" }
                    or { Type: "ResolvedRefs", IsTrue: false } or { Type: "Conflicted", IsTrue: true })
                    yield return Found(listeners[listener].IsServing ? Severity.Info : Severity.Warning, "listener-not-valid", meta,
                        $"spec.listeners[{listener}]{FieldOf(condition)}",
                        Text($"Listener \"{listeners[listener].Listener.Name}\" of {kind}", meta, condition));
    }

    private static string FieldOf(Condition condition) => condition.Reason switch
    {
        "UnsupportedProtocol" or "ProtocolConflict" => ".protocol",
        "InvalidCertificateRef" or "RefNotPermitted" => ".tls.certificateRefs",
        "InvalidRouteKinds" => ".allowedRoutes.kinds",
        _ => "",
    };

    private static IEnumerable<Problem> OfRoute(RouteStatus status, BackendResolution references)
    {
        Route route = status.Route;
        foreach (RouteParentStatus parent in status.Parents)
            if (parent.Conditions[0] is { IsTrue: false } accepted)
                yield return Found(Severity.Warning, "route-not-accepted", route.Meta,
                    $"spec.parentRefs[{route.ParentRefs.IndexOf(parent.Parent)}]", Text(route.Kind.ToString(), route.Meta, accepted));
        if (route.ParentRefs.IsEmpty)
            yield return Found(Severity.Warning, "route-without-parent", route.Meta, "spec",
                $"{route.Kind} {route.Meta.FullName} names no parent, so that no Gateway takes it");
        foreach ((string field, Condition wrong) in ReferencesOf(route, references))
            yield return Found(Severity.Warning, "route-backend", route.Meta, field, Text(route.Kind.ToString(), route.Meta, wrong));
    }

    private static IEnumerable<(string Field, Condition Wrong)> ReferencesOf(Route route, BackendResolution references)
    {
        for (int rule = 0; rule < route.Rules.Length; rule++)
        {
            string place = $"spec.rules[{rule}]";
            foreach ((string, Condition) wrong in OfFilters(route, route.Rules[rule].Filters, place, references))
                yield return wrong;
            for (int backend = 0; backend < route.Rules[rule].BackendRefs.Length; backend++)
            {
                BackendReference reference = route.Rules[rule].BackendRefs[backend];
                string field = $"{place}.backendRefs[{backend}]";
                if (references.Resolve(route, reference) is { IsValid: false } wrong)
                    yield return (field, new Condition("ResolvedRefs", false, wrong.Reason, wrong.Message));
                foreach ((string, Condition) filter in OfFilters(route, reference.Filters, field, references))
                    yield return filter;
            }
        }
    }

    private static IEnumerable<(string Field, Condition Wrong)> OfFilters(Route route, ImmutableArray<RouteFilter> filters, string place,
        BackendResolution references)
    {
        for (int filter = 0; filter < filters.Length; filter++)
            if (filters[filter] is RouteFilter.Unknown unknown)
                yield return ($"{place}.filters[{filter}]", RouteChecks.NotKnown(unknown));
            else if (filters[filter] is RouteFilter.Mirror mirror && references.Resolve(route, mirror.Backend) is { IsValid: false } wrong)
                yield return ($"{place}.filters[{filter}].requestMirror.backendRef",
                    new Condition("ResolvedRefs", false, wrong.Reason, wrong.Message));
    }

    private static string Text(string what, ObjectMeta meta, Condition condition) =>
        $"{what} {meta.FullName} gets {condition.Type}: {(condition.IsTrue ? "True" : "False")}, {condition.Reason}: {condition.Message}";

    private static Problem Found(Severity severity, string rule, ObjectMeta meta, string field, string message) =>
        new(severity, rule, meta.Origin.Of(field), field, message);
}
