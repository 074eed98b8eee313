namespace KubeNetSim.Engine;

/// <summary>Units of simulated time, which is a <see cref="long"/> of nanoseconds since the start: 292 years, exact.</summary>
public static class Nanoseconds
{
    /// <summary>Nanoseconds of a microsecond.</summary>
    public const long PerMicrosecond = 1_000;

    /// <summary>Nanoseconds of a millisecond.</summary>
    public const long PerMillisecond = 1_000_000;

    /// <summary>Nanoseconds of a second.</summary>
    public const long PerSecond = 1_000_000_000;
}
