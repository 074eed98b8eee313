using System.Diagnostics;

namespace KubeNetSim.Simulation.Timeline;

/// <summary>What a timeline event does to a cluster. Preparation uses it to find errors, a run to change the cluster.</summary>
internal abstract class EventAction
{
    /// <summary>Names what the event sets. An event replaces earlier events of the same key; the last one of each key holds on.</summary>
    public abstract string Key { get; }

    /// <summary>Whether its controller waits for pods to become available before it goes on.</summary>
    public virtual bool FollowsPods => false;

    /// <summary>The controller whose pods it changes.</summary>
    public abstract (string Namespace, string Owner) Controller { get; }

    /// <summary>What controllers make of a cluster after the event. Problems say why they would refuse it.</summary>
    public abstract Reconciliation ApplyTo(Cluster cluster);

    /// <summary>The action of an event. A new kind of event is a file of its own and a line here.</summary>
    public static EventAction Of(TimelineEvent item) => item switch
    {
        ScaleEvent scale => new ScaleAction(scale),
        RolloutEvent rollout => new RolloutAction(rollout),
        _ => throw new UnreachableException($"There is no action for {item}"),
    };
}
