namespace KubeNetSim.Measurements;

/// <summary>What a station is.</summary>
public enum StationKind
{
    /// <summary>A pod, or another backend, with its workers.</summary>
    Backend,

    /// <summary>The cores of a node that handle packets.</summary>
    Node,
}

/// <summary>
/// A station of one replication that was offered nearly as much as it can do, or more. Only stations with a queue without bound that clients fill
/// whatever happens: a bounded queue overflows and users of a closed loop wait, so both settle.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Name of the pod or node.</param>
/// <param name="Servers">How many it serves at a time.</param>
/// <param name="ServiceNs">Mean time that one keeps a server [ns].</param>
/// <param name="OfferedPerSecond">What arrived while the run lasted [1/s].</param>
public sealed record StationRecord(StationKind Kind, string Name, int Servers, double ServiceNs, double OfferedPerSecond)
{
    /// <summary>Loads below this are not recorded.</summary>
    public const double NotableLoad = 0.9;

    /// <summary>What it can do [1/s].</summary>
    public double CapacityPerSecond => Servers * 1e9 / ServiceNs;

    /// <summary>Offered load over capacity: from 1 on, the queue grows without end.</summary>
    public double Load => OfferedPerSecond / CapacityPerSecond;
}
