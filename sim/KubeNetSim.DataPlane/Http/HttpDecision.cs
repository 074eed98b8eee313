using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>What a router does with a request, and why.</summary>
public sealed record HttpDecision
{
    /// <summary>What was asked; null where nobody listens.</summary>
    public HttpRequest? Request { get; init; }

    /// <summary>The listener that took it; null where none did.</summary>
    public HttpListener? Listener { get; init; }

    /// <summary>The rule that won; null where none matched.</summary>
    public HttpRule? Rule { get; init; }

    /// <summary>What can come of it, each with its share; shares add up to 1.</summary>
    public required ImmutableArray<HttpOutcome> Outcomes { get; init; }

    /// <summary>Who gets a copy, and of what share of such requests.</summary>
    public ImmutableArray<(HttpBackend Backend, double Share)> Mirrors { get; init; } = [];

    /// <summary>The listener's other rules, and why they did not win.</summary>
    public ImmutableArray<LostRule> Lost { get; init; } = [];

    /// <summary>The router answers by itself.</summary>
    public static HttpDecision Answered(int status, string reason) => new() { Outcomes = [new HttpOutcome { Status = status, Reason = reason }] };

    /// <summary>Nobody takes the connection.</summary>
    public static HttpDecision Refused(string reason) => Answered(HttpOutcome.Refused, reason);
}

/// <summary>A rule that did not win.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Reason">Why, for example <c>path /x is not /y/...</c>.</param>
public sealed record LostRule(HttpRule Rule, string Reason);

/// <summary>One thing that can come of a request.</summary>
public sealed record HttpOutcome
{
    /// <summary>The status of a connection that nobody takes: there is no HTTP response at all.</summary>
    public const int Refused = 0;

    /// <summary>Share of requests, above 0 and up to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>HTTP status: 200 where a backend answers.</summary>
    public required int Status { get; init; }

    /// <summary>Why, in a few words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who answers; null where the router itself does.</summary>
    public HttpBackend? Backend { get; init; }

    /// <summary>The request as the backend gets it; null where no backend does.</summary>
    public HttpRequest? BackendRequest { get; init; }

    /// <summary>Where a redirect leads; null for other answers.</summary>
    public HttpRequest? Redirect { get; init; }

    /// <summary>Headers that the router adds to the response or puts in place of the backend's.</summary>
    public ImmutableArray<HttpHeader> ResponseHeaders { get; init; } = [];
}
