using System.Text.RegularExpressions;

namespace KubeNetSim.Experiments.Engines;

/// <summary>Grammar of what is put into job files: what an engine could read as something else is refused.</summary>
public static partial class EngineWords
{
    private const int LongestSubdomain = 253;

    /// <summary>Why a path cannot be part of a job; null where it can.</summary>
    public static string? RefusalOfPath(string path) => path.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029')
        ? $"the path {path} holds a control character, which no job file can carry; rename the file or folder" : null;

    /// <summary>Why a path cannot be the value of an #SBATCH line; null where it can.</summary>
    public static string? RefusalOfSlurmPath(string path) => path.AsSpan().IndexOfAny("\"\\") >= 0
        ? $"the path {path} holds a quote or a backslash, which an #SBATCH line cannot carry; choose another folder: --out DIR" : RefusalOfPath(path);

    /// <summary>Why a text is no reference of an image; null where it is one (github.com/distribution/reference, regexp.go).</summary>
    public static string? RefusalOfImage(string image) => ImagePattern().IsMatch(image)
        ? null : $"--image: '{image}' is no reference of an image such as registry.example.com/team/night:1";

    /// <summary>Why a text is no name of a PersistentVolumeClaim; null where it is one (RFC 1123 subdomain).</summary>
    public static string? RefusalOfClaim(string claim) => claim.Length <= LongestSubdomain && SubdomainPattern().IsMatch(claim)
        ? null : $"--claim: '{claim}' is no name of a PersistentVolumeClaim: lower case letters, digits, '-' and '.'";

    [GeneratedRegex(@"\A(?:(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ImagePattern();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SubdomainPattern();
}
