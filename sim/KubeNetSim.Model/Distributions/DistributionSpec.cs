using System.Collections.Immutable;

namespace KubeNetSim.Model.Distributions;

/// <summary>The families of distributions that a scenario can name.</summary>
public enum DistributionKind
{
    /// <summary>Always the mean.</summary>
    Constant,

    /// <summary>Memoryless; cv is 1.</summary>
    Exponential,

    /// <summary>Logarithm is normal.</summary>
    Lognormal,

    /// <summary>Gamma (Erlang for integer shapes).</summary>
    Gamma,

    /// <summary>Weibull.</summary>
    Weibull,

    /// <summary>Pareto type I.</summary>
    Pareto,

    /// <summary>Drawn from a list of values.</summary>
    Empirical,
}

/// <summary>A distribution of durations, by mean and coefficient of variation.</summary>
/// <param name="Kind">Family.</param>
/// <param name="MeanNs">Mean [ns], 0 or more.</param>
/// <param name="Cv">Standard deviation over mean, 0 or more; 0 for constant, 1 for exponential.</param>
/// <param name="ValuesNs">Values [ns] of an empirical distribution; empty for the others.</param>
public sealed record DistributionSpec(DistributionKind Kind, double MeanNs, double Cv, ImmutableArray<double> ValuesNs)
{
    /// <summary>Always this long.</summary>
    public static DistributionSpec Constant(double ns) => new(DistributionKind.Constant, ns, 0, []);

    /// <summary>Exponential with this mean.</summary>
    public static DistributionSpec Exponential(double meanNs) => new(DistributionKind.Exponential, meanNs, 1, []);
}
