using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>A port and hosts that a router takes requests for, with the rules that they meet.</summary>
public sealed record HttpListener
{
    /// <summary>Name of the listener of a Gateway; the host of an Ingress.</summary>
    public required string Name { get; init; }

    /// <summary>Port; 0 for any.</summary>
    public required int Port { get; init; }

    /// <summary>Ports of the Gateway's Service that lead to it, where they have another number.</summary>
    public ImmutableArray<int> ServicePorts { get; init; } = [];

    /// <summary>HTTP, HTTPS, TLS (read no further than the server name), TCP or UDP; empty for HTTP with and without TLS.</summary>
    public required string Protocol { get; init; }

    /// <summary>Host name, with <c>*.</c> or without, or empty for every host.</summary>
    public required string Hostname { get; init; }

    /// <summary>Whether <c>*.</c> stands for exactly one label, as in an Ingress, or for one or more.</summary>
    public bool IsOneLabel { get; init; }

    /// <summary>The rules, the first that matches wins.</summary>
    public ImmutableArray<HttpRule> Rules { get; init; } = [];

    /// <summary>Whether it speaks the protocol of a request at its port.</summary>
    public bool Accepts(HttpRequest request) =>
        (Port == 0 || Port == request.Port || ServicePorts.Contains(request.Port)) && Protocol switch
        {
            "HTTP" => request.IsHttp && !request.IsTls,
            "HTTPS" => request.IsHttp && request.IsTls,
            "TLS" => request.IsTls,
            "TCP" => request.Scheme != "udp",
            "UDP" => request.Scheme == "udp",
            _ => request.IsHttp,
        };

    /// <summary>
    /// The name by which it is chosen for a request: that of the TLS connection where there is one. The controller of an Ingress reads the
    /// request first, as nginx does.
    /// </summary>
    internal string NameOf(HttpRequest request) => Protocol is "HTTPS" or "TLS" ? request.ServerName ?? request.Host : request.Host;

    /// <summary>Whether it is for a host.</summary>
    public bool Covers(string host) => Protocol is "TCP" or "UDP" || Covers(Hostname, host, IsOneLabel);

    internal static bool Covers(string pattern, string host, bool isOneLabel) =>
        Hostnames.Covers(pattern, host)
        && (!isOneLabel || !Hostnames.IsWildcard(pattern) || !host[..^(pattern.Length - 1)].Contains('.'));
}

/// <summary>How specific a host pattern is: exact names before wildcards, longer before shorter, any host last.</summary>
internal readonly record struct HostRank(int ExactLength, int Length) : IComparable<HostRank>
{
    public static HostRank Of(string hostname) => new(Hostnames.IsWildcard(hostname) ? 0 : hostname.Length, hostname.Length);

    public int CompareTo(HostRank other) => (ExactLength, Length).CompareTo((other.ExactLength, other.Length));
}
