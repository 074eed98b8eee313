using System.Collections.Immutable;

namespace KubeNetSim.Model.Scenarios;

/// <summary>What a test expects of an HTTP request; what is null is not looked at.</summary>
public sealed record ExpectedResponse
{
    /// <summary>HTTP status; 0 where the connection is not accepted.</summary>
    public int? Status { get; init; }

    /// <summary>The Service that answers, <c>namespace/name</c>.</summary>
    public string? Backend { get; init; }

    /// <summary>Where a redirect leads: some of scheme, host, port and path.</summary>
    public ImmutableSortedDictionary<string, string>? Redirect { get; init; }

    /// <summary>The path, with the query where one is written, as the backend sees it.</summary>
    public string? BackendPath { get; init; }

    /// <summary>The host as the backend sees it.</summary>
    public string? BackendHost { get; init; }

    /// <summary>Headers that the backend sees.</summary>
    public ImmutableSortedDictionary<string, string>? BackendHeaders { get; init; }

    /// <summary>Headers that the backend does not see.</summary>
    public ImmutableArray<string>? AbsentHeaders { get; init; }

    /// <summary>Headers of the response that the router writes.</summary>
    public ImmutableSortedDictionary<string, string>? ResponseHeaders { get; init; }

    /// <summary>The Services that get a copy, in any order.</summary>
    public ImmutableArray<string>? MirroredTo { get; init; }

    /// <summary>Shares of the requests by Service, 0 to 1.</summary>
    public ImmutableSortedDictionary<string, double>? Distribution { get; init; }
}
