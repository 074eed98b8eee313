using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Schema;

/// <summary>Amounts with units: Kubernetes' resource quantities, durations, rates and bandwidths.</summary>
internal static partial class Quantities
{
    private static readonly Dictionary<string, double> Suffixes = new(StringComparer.Ordinal)
    {
        ["n"] = 1e-9,
        ["u"] = 1e-6,
        ["m"] = 1e-3,
        [""] = 1,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["G"] = 1e9,
        ["T"] = 1e12,
        ["P"] = 1e15,
        ["E"] = 1e18,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
        ["Ei"] = 1L << 60,
    };

    private static readonly Dictionary<string, double> DurationUnits = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["us"] = 1e3,
        ["µs"] = 1e3,
        ["μs"] = 1e3,
        ["ms"] = 1e6,
        ["s"] = 1e9,
        ["m"] = 60e9,
        ["h"] = 3_600e9,
        ["d"] = 86_400e9,
    };

    /// <summary>A resource quantity (k8s.io/apimachinery pkg/api/resource): 500m, 2, 1.5Gi, 1e3.</summary>
    public static bool TryParse(string text, out double value)
    {
        value = 0;
        Match match = QuantityPattern().Match(text);
        if (!match.Success || !Suffixes.TryGetValue(match.Groups["suffix"].Value, out double factor))
            return false;
        value = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * factor;
        return double.IsFinite(value);
    }

    /// <summary>A duration in nanoseconds: 4ms, 1.5s, 1h30m; 0 needs no unit.</summary>
    public static bool TryParseDuration(string text, out double nanoseconds)
    {
        nanoseconds = 0;
        if (text == "0")
            return true;
        MatchCollection parts = DurationPattern().Matches(text);
        if (parts.Count == 0 || parts.Sum(part => part.Length) != text.Length)
            return false;
        foreach (Match part in parts)
            nanoseconds += double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * DurationUnits[part.Groups["unit"].Value];
        return double.IsFinite(nanoseconds);
    }

    /// <summary>A rate in events a second: 500/s, 30/m, 2k/s.</summary>
    public static bool TryParseRate(string text, out double perSecond)
    {
        perSecond = 0;
        int slash = text.IndexOf('/');
        if (slash < 1 || !TryParse(text[..slash].Trim(), out double count)
            || !DurationUnits.TryGetValue(text[(slash + 1)..].Trim(), out double unit))
            return false;
        perSecond = count * 1e9 / unit;
        return true;
    }

    /// <summary>A bandwidth in bits a second: 10Gbps, 100Mbps.</summary>
    public static bool TryParseBandwidth(string text, out double bitsPerSecond)
    {
        bitsPerSecond = 0;
        return text.EndsWith("bps", StringComparison.Ordinal) && TryParse(text[..^3].Trim(), out bitsPerSecond);
    }

    /// <summary>A share: 2%, 0.1%, 0.02.</summary>
    public static bool TryParseShare(string text, out double share)
    {
        bool isPercent = text.EndsWith('%');
        bool isNumber = double.TryParse(isPercent ? text[..^1].Trim() : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share);
        share = isPercent ? share / 100 : share;
        return isNumber;
    }

    [GeneratedRegex(@"^(?<number>[+-]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})([eE][+-]?[0-9]{1,2})?)(?<suffix>[a-zA-Z]{0,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex QuantityPattern();

    [GeneratedRegex(@"(?<number>[0-9]{1,15}(\.[0-9]{1,15})?)(?<unit>ns|us|µs|μs|ms|s|m|h|d)", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();
}
