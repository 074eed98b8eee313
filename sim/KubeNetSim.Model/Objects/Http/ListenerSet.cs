using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects.Http;

/// <summary>
/// A gateway.networking.k8s.io/v1 ListenerSet: listeners that are added to a Gateway (gateway-api GEP-1713, Standard since v1.5).
/// </summary>
/// <param name="Meta">Name and namespace.</param>
/// <param name="Parent">The Gateway.</param>
/// <param name="Listeners">The listeners in manifest order.</param>
public sealed record ListenerSet(ObjectMeta Meta, ObjectReference Parent, ImmutableArray<Listener> Listeners);
