using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios;

/// <summary>
/// What a scalar without quotes means. As kubectl reads it: sigs.k8s.io/yaml resolves by YAML 1.1 (yaml.org/type), so <c>yes</c> and <c>on</c>
/// are booleans.
/// </summary>
internal static partial class ScalarResolution
{
    private static readonly HashSet<string> Nulls = ["", "~", "null", "Null", "NULL"];

    private static readonly HashSet<string> Booleans =
    [
        "true", "True", "TRUE", "false", "False", "FALSE",
        "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF",
    ];

    public static ScalarKind KindOf(string text) =>
        Nulls.Contains(text) ? ScalarKind.Null
        : Booleans.Contains(text) ? ScalarKind.Bool
        : text.Length > 64 ? ScalarKind.Text
        : IntegerPattern().IsMatch(text) ? ScalarKind.Integer
        : FloatPattern().IsMatch(text) ? ScalarKind.Float
        : ScalarKind.Text;

    /// <summary>Whether a boolean means true.</summary>
    public static bool IsTrue(string text) => text.ToUpperInvariant() is "TRUE" or "YES" or "ON";

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9_]*|0o?[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$", RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();
}
