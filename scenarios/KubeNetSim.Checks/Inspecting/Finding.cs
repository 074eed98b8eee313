using System.Globalization;

namespace KubeNetSim.Checks.Inspecting;

/// <summary>How findings are made and figures written.</summary>
internal static class Finding
{
    /// <summary>It works, and hardly as meant.</summary>
    public static Problem Warning(string rule, ObjectOrigin origin, string field, string message, string help) =>
        new(Severity.Warning, rule, origin.Of(field), field, message, help);

    /// <inheritdoc cref="Warning(string, ObjectOrigin, string, string, string)"/>
    public static Problem Warning(string rule, ObjectMeta meta, string field, string message, string help) =>
        Warning(rule, meta.Origin, field, message, help);

    /// <summary>Another setting suits better, with the figure that says so.</summary>
    public static Problem Advice(string rule, ObjectOrigin origin, string field, string message, string help) =>
        new(Severity.Info, rule, origin.Of(field), field, message, help);

    /// <summary>The first of the fields that is written, so that a complaint stands where its reader would look; the last where none is.</summary>
    public static string FirstWritten(ObjectOrigin origin, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
            if (origin.Has(field))
                return field;
        return fields[^1];
    }

    /// <summary>A share, 0 to 1, as <c>67%</c>.</summary>
    public static string Percent(double share) =>
        share is > 0 and < 0.01 ? "under 1%" : $"{(100 * share).ToString("0", CultureInfo.InvariantCulture)}%";

    /// <summary>A time [ns] as <c>12.3 µs</c> or <c>85 ms</c>.</summary>
    public static string Time(double nanoseconds) =>
        nanoseconds >= 1e6 ? $"{(nanoseconds / 1e6).ToString("0.#", CultureInfo.InvariantCulture)} ms"
        : $"{(nanoseconds / 1e3).ToString("0.#", CultureInfo.InvariantCulture)} µs";

    /// <summary>A number as <c>1,234</c> or <c>0.37</c>.</summary>
    public static string Number(double number) => number.ToString(number >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);

    /// <summary><c>1 node</c>, <c>2 nodes</c>.</summary>
    public static string Count(int number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";
}
