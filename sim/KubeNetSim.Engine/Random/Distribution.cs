namespace KubeNetSim.Engine.Random;

/// <summary>A distribution of durations, given by mean and coefficient of variation (standard deviation over mean).</summary>
public abstract class Distribution
{
    private Distribution()
    {
    }

    /// <summary>Mean [ns].</summary>
    public abstract double Mean { get; }

    /// <summary>Draws a duration [ns], 0 or more.</summary>
    public abstract long Next(RandomStream stream);

    /// <summary>Always the mean.</summary>
    public static Distribution Constant(double mean) => new ConstantDistribution(CheckMean(mean));

    /// <summary>Exponential: memoryless, coefficient of variation 1.</summary>
    public static Distribution Exponential(double mean) => new ExponentialDistribution(CheckMean(mean));

    /// <summary>Lognormal: exp(mu + sigma Z), sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2.</summary>
    public static Distribution Lognormal(double mean, double cv) =>
        Varies(mean, cv) ? new LognormalDistribution(mean, cv) : Constant(mean);

    /// <summary>Gamma with shape 1 / cv^2 (Marsaglia and Tsang, ACM TOMS 26(3), 2000).</summary>
    public static Distribution Gamma(double mean, double cv) =>
        Varies(mean, cv) ? new GammaDistribution(mean, 1 / (cv * cv)) : Constant(mean);

    /// <summary>Weibull; its shape solves Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 = 1 + cv^2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The coefficient of variation lies outside of 0.02 to 50.</exception>
    public static Distribution Weibull(double mean, double cv) =>
        Varies(mean, cv) ? new WeibullDistribution(mean, cv) : Constant(mean);

    /// <summary>Pareto (type I) with shape 1 + sqrt(1 + 1 / cv^2).</summary>
    public static Distribution Pareto(double mean, double cv) =>
        Varies(mean, cv) ? new ParetoDistribution(mean, 1 + Math.Sqrt(1 + (1 / (cv * cv)))) : Constant(mean);

    /// <summary>One of the values, with equal probability.</summary>
    /// <exception cref="ArgumentException">There is no value, or one is negative.</exception>
    public static Distribution Empirical(IEnumerable<double> values) => new EmpiricalDistribution([.. values]);

    private static bool Varies(double mean, double cv)
    {
        CheckMean(mean);
        ArgumentOutOfRangeException.ThrowIfNegative(cv);
        return mean > 0 && cv > 0;
    }

    private static double CheckMean(double mean) =>
        mean >= 0 && double.IsFinite(mean) ? mean : throw new ArgumentOutOfRangeException(nameof(mean), mean, "A mean is 0 or more.");

    private static long Round(double duration) => (long)(duration + 0.5);

    private sealed class ConstantDistribution(double mean) : Distribution
    {
        private readonly long _value = Round(mean);

        public override double Mean => mean;

        public override long Next(RandomStream stream) => _value;
    }

    private sealed class ExponentialDistribution(double mean) : Distribution
    {
        public override double Mean => mean;

        public override long Next(RandomStream stream) => Round(mean * stream.NextExponential());
    }

    private sealed class LognormalDistribution : Distribution
    {
        private readonly double _mu;
        private readonly double _sigma;

        public LognormalDistribution(double mean, double cv)
        {
            double variance = ReproducibleMath.Log(1 + (cv * cv));
            Mean = mean;
            _sigma = Math.Sqrt(variance);
            _mu = ReproducibleMath.Log(mean) - (variance / 2);
        }

        public override double Mean { get; }

        public override long Next(RandomStream stream) => Round(ReproducibleMath.Exp(_mu + (_sigma * stream.NextNormal())));
    }

    private sealed class GammaDistribution(double mean, double shape) : Distribution
    {
        // Below 1 the method draws for the next shape and corrects by a power of a uniform number.
        private readonly double _d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);

        public override double Mean => mean;

        public override long Next(RandomStream stream)
        {
            double c = 1 / Math.Sqrt(9 * _d);
            while (true)
            {
                double normal = stream.NextNormal();
                double v = 1 + (c * normal);
                if (v <= 0)
                    continue;
                v = v * v * v;
                double bound = (0.5 * normal * normal) + _d - (_d * v) + (_d * ReproducibleMath.Log(v));
                if (ReproducibleMath.Log(stream.NextDoubleOpen()) >= bound)
                    continue;
                double correction = shape < 1 ? ReproducibleMath.Pow(stream.NextDoubleOpen(), 1 / shape) : 1;
                return Round(_d * v * correction * mean / shape);
            }
        }
    }

    private sealed class WeibullDistribution : Distribution
    {
        private readonly double _power;
        private readonly double _scale;

        public WeibullDistribution(double mean, double cv)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(cv, 0.02);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(cv, 50);
            Mean = mean;
            _power = InverseShape(cv);
            _scale = mean / ReproducibleMath.Exp(ReproducibleMath.LogGamma(1 + _power));
        }

        public override double Mean { get; }

        public override long Next(RandomStream stream)
        {
            double exponential = stream.NextExponential();
            return exponential == 0 ? 0 : Round(_scale * ReproducibleMath.Pow(exponential, _power));
        }

        // The left side of the equation grows with 1/k: bisection in it.
        private static double InverseShape(double cv)
        {
            double wanted = ReproducibleMath.Log(1 + (cv * cv));
            (double low, double high) = (0.01, 10);
            for (int step = 0; step < 100; step++)
            {
                double middle = (low + high) / 2;
                double got = ReproducibleMath.LogGamma(1 + (2 * middle)) - (2 * ReproducibleMath.LogGamma(1 + middle));
                (low, high) = got < wanted ? (middle, high) : (low, middle);
            }
            return (low + high) / 2;
        }
    }

    private sealed class ParetoDistribution(double mean, double shape) : Distribution
    {
        private readonly double _least = mean * (shape - 1) / shape;

        public override double Mean => mean;

        public override long Next(RandomStream stream) => Round(_least * ReproducibleMath.Exp(stream.NextExponential() / shape));
    }

    private sealed class EmpiricalDistribution : Distribution
    {
        private readonly long[] _values;

        public EmpiricalDistribution(double[] values)
        {
            if (values.Length == 0 || values.Any(value => !(value >= 0)))
                throw new ArgumentException("An empirical distribution needs values, all of them 0 or more.", nameof(values));
            Mean = values.Average();
            _values = [.. values.Select(Round)];
        }

        public override double Mean { get; }

        public override long Next(RandomStream stream) => _values[stream.NextInt(_values.Length)];
    }
}
