using System.Globalization;

namespace KubeNetSim.Scenarios.Schema;

/// <summary>Reads fields that hold an amount with a unit. A value that cannot be read is reported and gives null.</summary>
internal static class FieldAmounts
{
    /// <summary>A number in a range; null where it is missing or wrong.</summary>
    public static double? Number(this Fields fields, string key, double least, double most) =>
        Amount(fields, key, least, most, "a number", (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary>A duration [ns]; null where it is missing or wrong.</summary>
    public static double? Duration(this Fields fields, string key, double least, double most) =>
        Amount(fields, key, least, most, "a duration such as 4ms, 1.5s or 1h30m", Quantities.TryParseDuration, FormatDuration);

    /// <summary>A rate [1/s]; null where it is missing or wrong.</summary>
    public static double? Rate(this Fields fields, string key, double least, double most) =>
        Amount(fields, key, least, most, "a rate such as 500/s or 30/m", Quantities.TryParseRate, value => $"{value.ToString("0.#########", CultureInfo.InvariantCulture)}/s");

    /// <summary>A resource quantity; null where it is missing or wrong.</summary>
    public static double? Quantity(this Fields fields, string key, double least, double most) =>
        Amount(fields, key, least, most, "a quantity such as 500m, 2 or 512Mi", Quantities.TryParse);

    /// <summary>A bandwidth [bit/s]; null where it is missing or wrong.</summary>
    public static double? Bandwidth(this Fields fields, string key) => Amount(fields, key, 0, 1e15, "a bandwidth such as 10Gbps", Quantities.TryParseBandwidth);

    /// <summary>A share up to 1; null where it is missing or wrong.</summary>
    public static double? Share(this Fields fields, string key, double least) =>
        Amount(fields, key, least, 1, "a share such as 2% or 0.02", Quantities.TryParseShare, value => $"{(100 * value).ToString("0.######", CultureInfo.InvariantCulture)}%");

    private delegate bool TryRead(string text, out double value);

    private static double? Amount(Fields fields, string key, double least, double most, string what, TryRead read, Func<double, string>? format = null)
    {
        switch (fields.Ask(key))
        {
            case null:
                return null;
            case ScalarNode scalar when read(scalar.Text, out double value):
                if (value >= least && value <= most)
                    return value;
                format ??= number => number.ToString(CultureInfo.InvariantCulture);
                fields.Error("out-of-range", key, $"{scalar.Text} is not between {format(least)} and {format(most)}");
                return null;
            case var other:
                fields.Error("wrong-type", key, $"This must be {what}, and is {other.Describe()}");
                return null;
        }
    }

    private static string FormatDuration(double nanoseconds) =>
        nanoseconds == 0 ? "0"
        : nanoseconds % 86_400e9 == 0 ? $"{nanoseconds / 86_400e9}d"
        : nanoseconds % 1e9 == 0 ? $"{nanoseconds / 1e9}s"
        : nanoseconds % 1e6 == 0 ? $"{nanoseconds / 1e6}ms"
        : $"{nanoseconds}ns";
}
