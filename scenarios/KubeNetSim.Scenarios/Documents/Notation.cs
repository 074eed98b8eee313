using System.Diagnostics.CodeAnalysis;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Notations that documents and command lines share, so that a value means the same in both.</summary>
public static class Notation
{
    /// <summary>Reads a duration such as 4ms, 1.5s or 1h30m; false where the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nanoseconds">The duration [ns].</param>
    public static bool TryParseDuration(string text, out double nanoseconds) => Quantities.TryParseDuration(text, out nanoseconds);

    /// <summary>Reads a share such as 2% or 0.02; false where the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="share">The share, 1 for all.</param>
    public static bool TryParseShare(string text, out double share) => Quantities.TryParseShare(text, out share);

    /// <summary>Whether a text is a host name, or <c>*.</c> and a host name, with or without the trailing dot.</summary>
    public static bool IsHostName(string text) => HostnameRules.IsHostname(text.TrimEnd('.'));

    /// <summary>Reads the target of a request: a URL, or HOST:PORT for plain TCP; false where the text is neither.</summary>
    /// <param name="text">The text.</param>
    /// <param name="url">The target.</param>
    /// <param name="why">What is wrong with it, after "is no URL: ".</param>
    public static bool TryParseTarget(string text, [NotNullWhen(true)] out WorkloadTarget.Url? url, out string why) =>
        WorkloadReader.TryParseUrl(text.Contains("://", StringComparison.Ordinal) ? text : $"tcp://{text}", out url, out why);
}
