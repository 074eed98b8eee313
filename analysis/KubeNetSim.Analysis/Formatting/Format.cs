using System.Globalization;

namespace KubeNetSim.Analysis.Formatting;

/// <summary>Numbers as people read them: three digits that matter, and a unit.</summary>
internal static class Format
{
    // From this largest to smallest value on, an axis is logarithmic.
    private const double Wide = 30;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A duration given in milliseconds: 850ns, 12.3µs, 4.57ms, 1.2s.</summary>
    public static string Duration(double milliseconds)
    {
        double ns = milliseconds * 1e6;
        return ns switch
        {
            < 0.5 => "0",
            < 999.5 => $"{Digits(ns)}ns",
            < 999.5e3 => $"{Digits(ns / 1e3)}µs",
            < 999.5e6 => $"{Digits(ns / 1e6)}ms",
            _ => $"{Digits(ns / 1e9)}s",
        };
    }

    /// <summary>A duration that is a round number, given in milliseconds: 5ms, 20µs.</summary>
    public static string RoundDuration(double milliseconds) => milliseconds switch
    {
        >= 1e3 => Plain(milliseconds / 1e3) + "s",
        >= 1 => Plain(milliseconds) + "ms",
        >= 1e-3 => Plain(milliseconds * 1e3) + "µs",
        _ => Plain(milliseconds * 1e6) + "ns",
    };

    /// <summary>A number with the decimals that it has, six at most.</summary>
    public static string Plain(double value) => value.ToString("0.######", Culture);

    /// <summary>A share from 0 to 1 as a percentage.</summary>
    public static string Share(double share) => share switch
    {
        0 => "0%",
        1 => "100%",
        < 0.001 => "<0.1%",
        > 0.999 => ">99.9%",
        _ => (100 * share).ToString(share is < 0.1 or > 0.9 ? "0.0" : "0", Culture) + "%",
    };

    /// <summary>A count with thousands apart.</summary>
    public static string Count(double count) => count.ToString("N0", Culture);

    /// <summary>An amount of data in decimal units: 850 B, 12.3 kB, 4.57 MB.</summary>
    public static string Bytes(double bytes) => WithByteUnit(bytes, Digits);

    /// <summary>A round amount of data: 10 kB.</summary>
    public static string RoundBytes(double bytes) => WithByteUnit(bytes, Plain);

    /// <summary>An amount: whole from 100 on, with thousands apart, and three digits below.</summary>
    public static string Amount(double value) => value >= 99.95 ? Count(value) : Digits(value);

    /// <summary>Money, to the cent.</summary>
    public static string Money(double value) => value.ToString("N2", Culture);

    /// <summary>A number of any size with three digits that matter: 0.00523, 1.25, 3,260.</summary>
    public static string Significant(double value)
    {
        if (value == 0 || Math.Abs(value) >= 99.95)
            return Count(value);
        int decimals = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals <= 6 ? value.ToString("F" + decimals.ToString(Culture), Culture) : value.ToString("0.00e0", Culture);
    }

    private static string WithByteUnit(double bytes, Func<double, string> text)
    {
        string[] units = ["kB", "MB", "GB", "TB", "PB", "EB"];
        if (bytes < 999.5)
            return $"{Plain(bytes)} B";
        int unit = 0;
        for (bytes /= 1e3; bytes >= 999.5 && unit < units.Length - 1; bytes /= 1e3)
            unit++;
        return $"{text(bytes)} {units[unit]}";
    }

    /// <summary>A number with two decimals at most, and three digits that matter from 1 on.</summary>
    public static string Digits(double value) => Math.Abs(value) switch
    {
        >= 99.95 => value.ToString("0", Culture),
        >= 9.995 => value.ToString("0.0", Culture),
        _ => value.ToString("0.00", Culture),
    };

    /// <summary>The unit in which the largest of some times has a readable number: its name and its size [ms].</summary>
    public static (string Name, double Milliseconds) TimeUnit(double largestMs) => largestMs switch
    {
        >= 2_000 => ("s", 1_000),
        >= 0.5 => ("ms", 1),
        _ => ("µs", 0.001),
    };

    /// <summary>Whether values are so far apart that factors say more than differences.</summary>
    public static bool AreFarApart(IReadOnlyList<double> values) => values.Min() > 0 && values.Max() / values.Min() >= Wide;
}
