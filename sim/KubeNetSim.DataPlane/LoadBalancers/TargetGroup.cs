using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>Targets, by number, that a load balancer spreads connections over: evenly over parts (zones, or one part with all), then evenly in the part.</summary>
internal sealed class TargetGroup
{
    private readonly int[] _partStarts;

    private TargetGroup(ImmutableArray<int> numbers, int[] partStarts)
    {
        Numbers = numbers;
        _partStarts = partStarts;
    }

    public static TargetGroup Empty { get; } = new([], [0]);

    /// <summary>Numbers of the targets, part by part.</summary>
    public ImmutableArray<int> Numbers { get; }

    public static TargetGroup Evenly(IReadOnlyList<int> numbers) => numbers.Count == 0 ? Empty : new TargetGroup([.. numbers], [0, numbers.Count]);

    public static TargetGroup EvenlyOverParts(IReadOnlyList<int> numbers, Func<int, string> partOf)
    {
        IGrouping<string, int>[] parts = [.. numbers.GroupBy(partOf).OrderBy(part => part.Key, StringComparer.Ordinal)];
        List<int> starts = [0];
        foreach (IGrouping<string, int> part in parts)
            starts.Add(starts[^1] + part.Count());
        return parts.Length == 0 ? Empty : new TargetGroup([.. parts.SelectMany(part => part)], [.. starts]);
    }

    public int Pick(double unit)
    {
        if (Numbers.IsEmpty)
            return -1;
        double scaled = unit * (_partStarts.Length - 1);
        int part = (int)scaled;
        int count = _partStarts[part + 1] - _partStarts[part];
        return Numbers[_partStarts[part] + Math.Min(count - 1, (int)((scaled - part) * count))];
    }

    public double ShareOf(int target)
    {
        int place = Numbers.IndexOf(target);
        if (place < 0)
            return 0;
        int part = 0;
        while (_partStarts[part + 1] <= place)
            part++;
        return 1.0 / ((_partStarts.Length - 1) * (_partStarts[part + 1] - _partStarts[part]));
    }
}
