namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads how a controller replaces its pods: <c>strategy</c> of a Deployment, <c>updateStrategy</c> of the others.</summary>
internal static class RolloutStrategyReader
{
    // pkg/apis/apps/v1/defaults.go: a DaemonSet replaces one pod at a time.
    private static readonly IntOrPercent One = new(1, false);

    // Whether pods are replaced otherwise than by a rolling update.
    private static readonly Dictionary<string, bool> DeploymentTypes = new(StringComparer.Ordinal) { ["RollingUpdate"] = false, ["Recreate"] = true };
    private static readonly Dictionary<string, bool> OtherTypes = new(StringComparer.Ordinal) { ["RollingUpdate"] = false, ["OnDelete"] = true };

    private const long NanosecondsPerSecond = 1_000_000_000;

    public static RolloutStrategy Read(Fields spec, PodControllerKind kind)
    {
        long minReady = (spec.Integer("minReadySeconds", 0, int.MaxValue) ?? 0) * NanosecondsPerSecond;
        return kind switch
        {
            PodControllerKind.Deployment => Deployment(spec) with { MinReadyNs = minReady, Paused = spec.Bool("paused", false) },
            PodControllerKind.ReplicaSet => RolloutStrategy.Default with { MinReadyNs = minReady },
            _ => Other(spec, kind) with { MinReadyNs = minReady },
        };
    }

    private static RolloutStrategy Deployment(Fields spec)
    {
        Fields? strategy = spec.Mapping("strategy");
        bool recreate = strategy?.Word("type", DeploymentTypes) ?? false;
        Fields? rolling = strategy?.Mapping("rollingUpdate");
        if (recreate && rolling is not null)
            strategy!.Error("conflicting-fields", "rollingUpdate", "The type Recreate has no rollingUpdate (pkg/apis/apps/validation)", "leave one of the two out");
        IntOrPercent surge = Amount(rolling, "maxSurge") ?? IntOrPercent.Quarter;
        IntOrPercent unavailable = Amount(rolling, "maxUnavailable") ?? IntOrPercent.Quarter;
        if (surge.Value == 0 && unavailable.Value == 0)
            rolling!.Error("out-of-range", "maxUnavailable", "maxSurge and maxUnavailable cannot both be 0: no pod could be replaced", "maxUnavailable: 1");
        if (unavailable is { IsPercent: true, Value: > 100 })
            rolling!.Error("out-of-range", "maxUnavailable", $"{unavailable} is more than 100%", "100%");
        return new RolloutStrategy { Recreate = recreate, MaxSurge = surge, MaxUnavailable = unavailable };
    }

    private static RolloutStrategy Other(Fields spec, PodControllerKind kind)
    {
        Fields? strategy = spec.Mapping("updateStrategy");
        bool onDelete = strategy?.Word("type", OtherTypes) ?? false;
        Fields? rolling = strategy?.Mapping("rollingUpdate");
        int partition = kind == PodControllerKind.StatefulSet ? (int)(rolling?.Integer("partition", 0, int.MaxValue) ?? 0) : 0;
        return new RolloutStrategy { OnDelete = onDelete, Partition = partition, MaxUnavailable = Amount(rolling, "maxUnavailable") ?? One };
    }

    private static IntOrPercent? Amount(Fields? fields, string name)
    {
        if (fields?.Text(name) is not { } text)
            return null;
        if (IntOrPercent.Parse(text) is { } amount)
            return amount;
        fields.Error("unknown-value", name, $"'{text}' is neither a number of pods nor a percentage", "1, or 25%");
        return null;
    }
}
