using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Model.Objects.Http;

/// <summary>A request as a router in front of Services sees it. Immutable.</summary>
public sealed record HttpRequest
{
    /// <summary>http, https, grpc, grpcs, tls, tcp or udp.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>The host that the client names, in lower case and without a port.</summary>
    public required string Host { get; init; }

    /// <summary>
    /// The server name (SNI) of a TLS connection that was opened for another host than the request names; null where it is the same.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>The port that it comes in at.</summary>
    public required int Port { get; init; }

    /// <summary>The port that the client names beside the host; null where it names none.</summary>
    public int? HostPort { get; init; }

    /// <summary>
    /// Its Host header: the host, and the port where that is not the usual one of the scheme (RFC 9110 7.2). Routers pass it on as it is.
    /// </summary>
    public string HostHeader =>
        $"{(Host.Contains(':') ? $"[{Host}]" : Host)}{(HostPort is { } port && port != DefaultPort(Scheme) ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "")}";

    /// <summary>Its path, beginning with a slash.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Its query, without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>Its method, in capitals.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Its headers.</summary>
    public ImmutableArray<HttpHeader> Headers { get; init; } = [];

    /// <summary>Whether the connection is encrypted.</summary>
    public bool IsTls => Scheme is "https" or "grpcs" or "tls";

    /// <summary>Whether it is an HTTP request, of whatever version.</summary>
    public bool IsHttp => Scheme is "http" or "https" or "grpc" or "grpcs";

    /// <summary>The value of a header, several with commas between; null where it is missing.</summary>
    public string? Header(string name)
    {
        string[] values = [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)];
        return values.Length == 0 ? null : string.Join(',', values);
    }

    /// <summary>The first value of a query parameter; null where it is missing.</summary>
    public string? QueryParam(string name)
    {
        foreach (string pair in Query.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]) == name)
                return equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
        }
        return null;
    }

    /// <summary>Reads a URL.</summary>
    /// <param name="url">For example <c>http://shop.example.com:8080/cart?id=1</c>.</param>
    /// <param name="request">A GET without headers; null where the text is no URL.</param>
    public static bool TryParse(string url, out HttpRequest? request)
    {
        request = null;
        int colon = url.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0 || DefaultPort(url[..colon]) is not { } port)
            return false;
        string rest = url[(colon + 3)..].Split('#')[0];
        int slash = rest.IndexOfAny(['/', '?']);
        string authority = slash < 0 ? rest : rest[..slash];
        string target = slash < 0 ? "/" : rest[slash] == '?' ? "/" + rest[slash..] : rest[slash..];
        int portColon = authority.LastIndexOf(':');
        int authorityEnd = authority.LastIndexOf(']');
        if (portColon > authorityEnd)
        {
            if (!int.TryParse(authority[(portColon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
                || port is < 1 or > 65_535)
                return false;
            authority = authority[..portColon];
        }
        if (authority.Length == 0 || authority.Contains(' '))
            return false;
        int question = target.IndexOf('?', StringComparison.Ordinal);
        request = new HttpRequest
        {
            Scheme = url[..colon],
            Host = authority.Trim('[', ']').ToLowerInvariant(),
            Port = port,
            HostPort = portColon > authorityEnd ? port : null,
            Path = question < 0 ? target : target[..question],
            Query = question < 0 ? "" : target[(question + 1)..],
        };
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string port = DefaultPort(Scheme) == Port ? "" : $":{Port}";
        string path = IsHttp ? $"{Path}{(Query.Length > 0 ? "?" : "")}{Query}" : "";
        return $"{Scheme}://{(Host.Contains(':') ? $"[{Host}]" : Host)}{port}{path}";
    }

    /// <summary>The port that a scheme means where none is written; null for a scheme that is not known, 0 for one without.</summary>
    public static int? DefaultPort(string scheme) => scheme switch
    {
        "http" or "grpc" => 80,
        "https" or "grpcs" or "tls" => 443,
        "tcp" or "udp" => 0,
        _ => null,
    };
}
