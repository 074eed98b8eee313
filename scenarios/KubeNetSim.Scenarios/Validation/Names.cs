using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Validation;

/// <summary>What names, labels and their like may look like (k8s.io/apimachinery pkg/util/validation).</summary>
internal static partial class Names
{
    /// <summary>What the name of a container port must be like.</summary>
    public const string PortNameRule = "at most 15 lower-case letters, digits and '-', with at least one letter and no two '-' in a row";

    /// <summary>What a DNS label must be like.</summary>
    public const string LabelRule = "lower-case letters, digits and '-', beginning and ending with a letter or digit, at most 63";

    /// <summary>What a qualified name must be like.</summary>
    public const string QualifiedNameRule = "at most 63 letters, digits, '-', '_' or '.', with a domain and '/' before it where one is wanted";

    /// <summary>Whether a text is a DNS name (RFC 1123 subdomain).</summary>
    public static bool IsDnsName(string text) => text.Length <= 253 && SubdomainPattern().IsMatch(text);

    /// <summary>Whether a text is a DNS label (RFC 1123), as names of namespaces and of ports of Services are.</summary>
    public static bool IsLabel(string text) => LabelPattern().IsMatch(text);

    /// <summary>Whether a text is a name as labels, annotations and application protocols have: <c>app</c> or <c>example.com/app</c>.</summary>
    public static bool IsQualifiedName(string text)
    {
        int slash = text.IndexOf('/');
        return (slash < 0 || IsDnsName(text[..slash])) && LabelValuePattern().IsMatch(text[(slash + 1)..]);
    }

    /// <summary>Whether a text may name a container port (RFC 6335 5.1, IsValidPortName).</summary>
    public static bool IsPortName(string text) =>
        text.Length <= 15 && LabelPattern().IsMatch(text) && !text.Contains("--", StringComparison.Ordinal) && text.Any(char.IsAsciiLetterLower);

    /// <summary>Whether a text may be the value of a label; empty may.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || LabelValuePattern().IsMatch(text);

    /// <summary>What is wrong with the name of an object; null where nothing is.</summary>
    public static string? ProblemOf(string kind, string name) => kind switch
    {
        "Service" => ServicePattern().IsMatch(name) ? null : "lower-case letters, digits and '-', beginning with a letter, at most 63 (RFC 1035)",
        "Namespace" => LabelPattern().IsMatch(name) ? null : "lower-case letters, digits and '-', at most 63 (RFC 1123)",
        _ => IsDnsName(name) ? null : "lower-case letters, digits, '-' and '.', at most 253 (RFC 1123)",
    };

    [GeneratedRegex(@"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelValuePattern();
}
