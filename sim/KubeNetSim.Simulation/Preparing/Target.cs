using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>Where requests go: the addresses, the name that must be looked up for them, and the Service behind.</summary>
/// <param name="Destinations">Known addresses; empty where there is a name.</param>
/// <param name="Name">The name to look up; null where addresses are known.</param>
/// <param name="Service">The Service meant; null for none, or for several.</param>
/// <param name="Port">Its port; null where there is none.</param>
internal sealed record Target(ImmutableArray<Destination> Destinations, NameLookup? Name, Service? Service, ServicePort? Port)
{
    /// <summary>Every address that a request can be sent to.</summary>
    public ImmutableArray<Destination> Addresses => Name?.Answers ?? Destinations;
}
