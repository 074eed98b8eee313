using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>One set of conditions and what happens to requests that meet it. A rule of a route with several matches becomes several.</summary>
public sealed class HttpRule
{
    /// <summary>Where it comes from, for example <c>HTTPRoute shop/cart rule 2</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Host pattern; empty for every host of the listener.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>What is asked of the path; null for nothing.</summary>
    public PathCondition? Path { get; init; }

    /// <summary>The method; null for every method.</summary>
    public string? Method { get; init; }

    /// <summary>Whether it is only for requests without TLS.</summary>
    public bool IsPlainOnly { get; init; }

    /// <summary>What is asked of the headers.</summary>
    public ImmutableArray<ValueCondition> Headers { get; init; } = [];

    /// <summary>What is asked of the query parameters.</summary>
    public ImmutableArray<ValueCondition> QueryParams { get; init; } = [];

    /// <summary>What is done to request and response.</summary>
    public ImmutableArray<RouteFilter> Filters { get; init; } = [];

    /// <summary>Who answers, by weight.</summary>
    public ImmutableArray<HttpBackend> Backends { get; init; } = [];

    /// <summary>Who gets copies: the backend and the share of requests.</summary>
    public ImmutableArray<(HttpBackend Backend, double Share)> Mirrors { get; init; } = [];

    /// <summary>Answer where no backend can be used: 500 in the Gateway API, 503 of an Ingress controller.</summary>
    public int InvalidStatus { get; init; } = 500;

    /// <summary>Longest time of a whole request [ns]; null for no limit.</summary>
    public long? RequestTimeoutNs { get; init; }

    /// <summary>Longest time of one request to a backend [ns]; null for no limit.</summary>
    public long? BackendTimeoutNs { get; init; }

    /// <summary>How it stands to others that match the same request.</summary>
    internal RulePrecedence Precedence { get; init; }

    /// <summary>Why a request is not for this rule; null where it is.</summary>
    public string? Mismatch(HttpRequest request)
    {
        if (Hostname.Length > 0 && !Hostnames.Covers(Hostname, request.Host))
            return $"host {request.Host} is not {Hostname}";
        if (IsPlainOnly && request.IsTls)
            return "the connection has TLS";
        if (Path is { } path && !path.Holds(request.Path))
            return $"path {request.Path} is not {path}";
        if (Method is { } method && method != request.Method)
            return $"method {request.Method} is not {method}";
        foreach (ValueCondition header in Headers)
            if (!header.Holds(request.Header(header.Name)))
                return $"header {header.Name} is {Described(request.Header(header.Name))}, not {header.Expected}";
        foreach (ValueCondition parameter in QueryParams)
            if (!parameter.Holds(request.QueryParam(parameter.Name)))
                return $"query parameter {parameter.Name} is {Described(request.QueryParam(parameter.Name))}, not {parameter.Expected}";
        return null;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        List<string> parts = [];
        if (Hostname.Length > 0)
            parts.Add($"host {Hostname}");
        if (Path is not null)
            parts.Add($"path {Path}");
        if (Method is not null)
            parts.Add($"method {Method}");
        parts.AddRange(Headers.Select(header => $"header {header.Name}={header.Expected}"));
        parts.AddRange(QueryParams.Select(parameter => $"query {parameter.Name}={parameter.Expected}"));
        return parts.Count == 0 ? Origin : $"{Origin} ({string.Join(", ", parts)})";
    }

    private static string Described(string? value) => value is null ? "missing" : $"\"{value}\"";
}
