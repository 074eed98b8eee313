using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// What a scalar without quotes means. As kubectl reads it: sigs.k8s.io/yaml (goyaml.v2/resolve.go) resolves by YAML 1.1, so <c>yes</c>,
/// <c>on</c> and <c>y</c> are booleans and 010 is eight; and it turns all into JSON, where 80.0 is the whole number 80.
/// </summary>
internal static partial class ScalarResolution
{
    // Up to here every whole number has a floating-point number of its own.
    private const double MostExact = 1L << 53;

    private static readonly HashSet<string> Nulls = ["", "~", "null", "Null", "NULL"];

    private static readonly HashSet<string> Trues = ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"];

    private static readonly HashSet<string> Falses = ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"];

    public static ScalarKind KindOf(string text) =>
        IsWord(text) ? ScalarKind.Text
        : Nulls.Contains(text) ? ScalarKind.Null
        : Trues.Contains(text) || Falses.Contains(text) ? ScalarKind.Bool
        : text.Length > 64 ? ScalarKind.Text
        : IntegerPattern().IsMatch(text) ? ScalarKind.Integer
        : !FloatPattern().IsMatch(text) ? ScalarKind.Text
        : TryReadInteger(text, out _) ? ScalarKind.Integer
        : ScalarKind.Float;

    // Most scalars begin like no number and are longer than any boolean.
    private static bool IsWord(string text) => text.Length > 5 && !char.IsAsciiDigit(text[0]) && text[0] is not ('+' or '-' or '.');

    /// <summary>Whether a boolean means true.</summary>
    public static bool IsTrue(string text) => Trues.Contains(text);

    /// <summary>The whole number that a scalar means; false where it means none, or one of more than 64 bits.</summary>
    public static bool TryReadInteger(string text, out long value)
    {
        value = 0;
        Match match = IntegerPattern().Match(text);
        return match.Success ? TryReadInteger(match, out value) : TryReadWholeFloat(text, out value);
    }

    private static bool TryReadInteger(Match match, out long value)
    {
        string digits = match.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        bool isNegative = match.Groups["sign"].Value == "-";
        uint radix = match.Groups["prefix"].Value switch { "0x" or "0X" => 16, "0b" or "0B" => 2, "" => 10, _ => 8 };
        Int128 number = 0;
        foreach (char digit in digits)
        {
            number = number * radix + Convert.ToInt32(digit.ToString(), 16);
            if (number > (Int128)long.MaxValue + 1)
                break;
        }
        number = isNegative ? -number : number;
        bool fits = number >= long.MinValue && number <= long.MaxValue;
        value = fits ? (long)number : 0;
        return fits;
    }

    private static bool TryReadWholeFloat(string text, out long value)
    {
        bool isWhole = double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && Math.Abs(number) <= MostExact && number == Math.Truncate(number);
        value = isWhole ? (long)number : 0;
        return isWhole;
    }

    [GeneratedRegex(
        @"^(?<sign>[-+]?)(?:(?<digits>0|[1-9][0-9_]*)|(?<prefix>0[xX])(?<digits>_*[0-9a-fA-F][0-9a-fA-F_]*)|(?<prefix>0[bB])(?<digits>_*[01][01_]*)|(?<prefix>0[oO]?)(?<digits>_*[0-7][0-7_]*))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?\z|^[-+]?\.(inf|Inf|INF)\z|^\.(nan|NaN|NAN)\z", RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();
}
