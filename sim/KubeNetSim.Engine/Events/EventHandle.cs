namespace KubeNetSim.Engine.Events;

/// <summary>Names a scheduled event, to cancel it. A handle of an event that has run or was cancelled names no event.</summary>
/// <param name="Slot">Where its payload is.</param>
/// <param name="Order">Which event of that slot it is.</param>
public readonly record struct EventHandle(int Slot, ulong Order);

/// <summary>Numbers events as they are scheduled. From 1, so that a default handle names no event.</summary>
internal sealed class EventOrder
{
    private ulong _last;

    public ulong Next() => ++_last;
}
