using System.Globalization;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>How the numbers of an axis are laid out: evenly, or by their logarithm where factors say more than differences.</summary>
/// <param name="First">Where the axis begins, on the page's scale.</param>
/// <param name="Last">Where it ends.</param>
/// <param name="IsLogarithmic">Whether the page's scale is the logarithm.</param>
internal sealed record Scale(double First, double Last, bool IsLogarithmic)
{
    /// <summary>A linear axis begins at zero unless all values lie above this share of the largest.</summary>
    private const double Near = 0.5;

    /// <summary>What an axis' label must say besides.</summary>
    public string Note => IsLogarithmic ? ", logarithmic" : "";

    /// <summary>Whether the axis begins at zero.</summary>
    public bool StartsAtZero => !IsLogarithmic && First == 0;

    /// <summary>An axis that holds all of some values, as they are.</summary>
    public static Scale Of(IReadOnlyList<double> values) =>
        Format.AreFarApart(values) ? Logarithmic(values) : Linear(values.Min(), values.Max());

    /// <summary>An axis for values and what lies around them, from zero where that is not far off.</summary>
    /// <param name="values">What decides whether the axis is logarithmic.</param>
    /// <param name="around">Ends of intervals. On a logarithmic axis, those far below the smallest value leave it at the bottom.</param>
    public static Scale Of(IReadOnlyList<double> values, IReadOnlyList<double> around)
    {
        if (Format.AreFarApart(values))
            return Logarithmic([.. values, .. around.Where(end => end >= values.Min() / 2)]);
        double low = Math.Min(values.Min(), around.Min());
        double high = Math.Max(values.Max(), around.Max());
        return Linear(low >= 0 && low <= Near * high ? 0 : low, high);
    }

    /// <summary>A linear axis from one value to another; a single value is given some room on both sides.</summary>
    public static Scale Linear(double low, double high)
    {
        double least = Math.Max(1e-9, 1e-6 * Math.Abs(high));
        double room = high - low >= least ? 0 : Math.Max(least, 0.05 * Math.Abs(high));
        return new Scale(low - room, high + room, false);
    }

    /// <summary>Place of a value on the page's scale; the bottom where a logarithmic axis does not reach down to it.</summary>
    public double At(double value) => !IsLogarithmic ? value : value <= 0 ? First : Math.Max(First, Math.Log10(value));

    private static Scale Logarithmic(IReadOnlyList<double> values) => new(Math.Log10(values.Min()), Math.Log10(values.Max()), true);

    /// <summary>Ticks at the values themselves where they are few and far apart, as a sweep's are on a logarithmic axis; else at round numbers.</summary>
    public NumericManual TicksAt(IEnumerable<double> values)
    {
        double[] places = [.. values.Distinct().Order()];
        double apart = places.Zip(places.Skip(1), (one, next) => At(next) - At(one)).DefaultIfEmpty(0).Min();
        return IsLogarithmic && apart >= 0.06 * (Last - First) ? new NumericManual([.. places.Select(At)], [.. places.Select(Text)]) : Ticks();
    }

    /// <summary>Ticks at round numbers: powers of ten (and 2 and 5 times them over few decades), or steps of 1, 2 or 5 times one.</summary>
    public NumericManual Ticks()
    {
        var ticks = new NumericManual();
        foreach (double value in Round())
            ticks.AddMajor(At(value), Text(value));
        return ticks;
    }

    /// <summary>Width of the widest tick label [px].</summary>
    public float WidestTick() => Round().Select(value => Plots.Measure(Text(value), Plots.TickSize)).DefaultIfEmpty().Max();

    private IEnumerable<double> Round() => IsLogarithmic ? RoundLogarithms() : RoundSteps();

    private IEnumerable<double> RoundLogarithms()
    {
        double[] mantissas = Last - First > 4 ? [1] : [1, 2, 5];
        for (int power = (int)Math.Floor(First); power <= Math.Ceiling(Last); power++)
            foreach (double mantissa in mantissas)
                if (mantissa * Math.Pow(10, power) is var value && Math.Log10(value) >= First - 0.05 && Math.Log10(value) <= Last + 0.05)
                    yield return value;
    }

    private IEnumerable<double> RoundSteps()
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10(Last - First)) - 1);
        foreach (double factor in (double[])[2, 2.5, 2])
            if ((Last - First) / step > 8)
                step *= factor;
        for (double count = Math.Ceiling(First / step); count * step <= Last + 0.001 * step; count++)
            yield return count * step;
    }

    private static string Text(double value) => value == 0 || Math.Abs(value) >= 0.0001
        ? value.ToString("#,0.######", CultureInfo.InvariantCulture)
        : value.ToString("0.##e0", CultureInfo.InvariantCulture);
}
