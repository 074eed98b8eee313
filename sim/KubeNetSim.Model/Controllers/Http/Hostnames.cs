namespace KubeNetSim.Model.Controllers.Http;

/// <summary>
/// Host names of listeners and routes (Gateway API Hostname): exact, <c>*.</c> and a suffix of one or more labels less, or empty for all.
/// </summary>
public static class Hostnames
{
    /// <summary>The hosts that two have in common: the narrower of them; null where there are none.</summary>
    public static string? Intersect(string one, string other) =>
        Covers(one, other) ? other : Covers(other, one) ? one : null;

    /// <summary>Whether a pattern holds for a host, or for all hosts of another pattern.</summary>
    public static bool Covers(string pattern, string host) =>
        pattern.Length == 0
        || pattern.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (IsWildcard(pattern) && host.Length >= pattern.Length && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it begins with <c>*.</c>.</summary>
    public static bool IsWildcard(string pattern) => pattern.StartsWith("*.", StringComparison.Ordinal);
}
