using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>What the controller of a cluster's Gateways made of them, as it writes it into their status.</summary>
/// <param name="Gateways">One a Gateway, in their order.</param>
/// <param name="ListenerSets">One a ListenerSet, in their order.</param>
/// <param name="Routes">One a route, in their order.</param>
public sealed record GatewayStates(
    ImmutableArray<GatewayStatus> Gateways, ImmutableArray<ListenerSetStatus> ListenerSets, ImmutableArray<RouteStatus> Routes);

/// <summary>A condition of a status.</summary>
/// <param name="Type">What it is about, for example Accepted.</param>
/// <param name="IsTrue">Whether it holds.</param>
/// <param name="Reason">Why, in one CamelCase word of the specification.</param>
/// <param name="Message">Why, in a sentence; empty where there is nothing to say.</param>
public sealed record Condition(string Type, bool IsTrue, string Reason, string Message = "");

/// <summary>The status of a Gateway.</summary>
/// <param name="Gateway">The Gateway.</param>
/// <param name="Conditions">Accepted, Programmed and ResolvedRefs.</param>
/// <param name="Listeners">One a listener, its own in their order and then those of ListenerSets.</param>
public sealed record GatewayStatus(Gateway Gateway, ImmutableArray<Condition> Conditions, ImmutableArray<ListenerStatus> Listeners);

/// <summary>The status of a ListenerSet.</summary>
/// <param name="Set">The ListenerSet.</param>
/// <param name="Conditions">Accepted and Programmed.</param>
/// <param name="Listeners">One a listener, in their order; none where the Gateway does not take the set.</param>
public sealed record ListenerSetStatus(ListenerSet Set, ImmutableArray<Condition> Conditions, ImmutableArray<ListenerStatus> Listeners);

/// <summary>The status of a listener.</summary>
public sealed record ListenerStatus
{
    /// <summary>The listener.</summary>
    public required Listener Listener { get; init; }

    /// <summary>Kinds of routes that can attach.</summary>
    public required ImmutableArray<RouteKind> SupportedKinds { get; init; }

    /// <summary>Accepted, Programmed, ResolvedRefs, Conflicted, and OverlappingTLSConfig where it is true.</summary>
    public required ImmutableArray<Condition> Conditions { get; init; }

    /// <summary>Routes that are attached, oldest first.</summary>
    public ImmutableArray<AttachedRoute> Routes { get; init; } = [];

    /// <summary>Whether requests are taken. A Secret that no file holds does not stop them: files rarely hold Secrets.</summary>
    public required bool IsServing { get; init; }
}

/// <summary>A route at a listener.</summary>
/// <param name="Route">The route.</param>
/// <param name="Hostnames">The hosts that it has in common with the listener; empty text for all hosts.</param>
public sealed record AttachedRoute(Route Route, ImmutableArray<string> Hostnames);

/// <summary>The status of a route.</summary>
/// <param name="Route">The route.</param>
/// <param name="Parents">One a parent that is a Gateway or a ListenerSet.</param>
public sealed record RouteStatus(Route Route, ImmutableArray<RouteParentStatus> Parents);

/// <summary>What became of a route at one of its parents.</summary>
/// <param name="Parent">The parent, as the route names it.</param>
/// <param name="Conditions">Accepted and ResolvedRefs, and PartiallyInvalid where some rules are left out.</param>
public sealed record RouteParentStatus(ParentReference Parent, ImmutableArray<Condition> Conditions);
