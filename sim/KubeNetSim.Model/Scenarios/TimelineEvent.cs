namespace KubeNetSim.Model.Scenarios;

/// <summary>
/// An event of a scenario's timeline. Each kind is a record of its own here, a reader in KubeNetSim.Scenarios (Timeline) and an action in
/// KubeNetSim.Simulation (Timeline).
/// </summary>
/// <param name="AtNs">When [ns since the start].</param>
/// <param name="Origin">Its position.</param>
public abstract record TimelineEvent(long AtNs, ObjectOrigin Origin)
{
    /// <summary>A few words for a figure or a table: what changes.</summary>
    public abstract string Summary { get; }
}
