namespace KubeNetSim.DataPlane.Services;

/// <summary>
/// What a table knows of one address and port, in one place. Whoever sends many packets there keeps one: nodes share their tables, so that
/// nearly every packet finds what the one before it did. Begins empty.
/// </summary>
public readonly struct FrontendMemory
{
    internal FrontendMemory(ServiceTable table, Frontend? frontend)
    {
        Table = table;
        if (frontend is not { } found)
            return;
        Frontend = found;
        Port = table.PortOf(found);
        Route = table.RouteOf(found);
    }

    /// <summary>
    /// Whom nearly every packet to the cluster IP may go to: a policy or hint may narrow that on some nodes. None where nothing is known as yet.
    /// </summary>
    public EndpointSet Endpoints => Route.Endpoints;

    internal ServiceTable? Table { get; }

    internal Frontend Frontend { get; }

    /// <summary>The port of that frontend; null where the table knows none.</summary>
    internal ServicePortEntry? Port { get; }

    internal PortRoute Route { get; }
}
