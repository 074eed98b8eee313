using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>
/// One request, hop by hop, in a cluster that does nothing else: what a run of the same scenario would have done with it.
/// </summary>
public sealed record Trace
{
    /// <summary>Who sends.</summary>
    public required string From { get; init; }

    /// <summary>Where to.</summary>
    public required string To { get; init; }

    /// <summary>What happened, in order.</summary>
    public required ImmutableArray<TraceStep> Steps { get; init; }

    /// <summary>How it ended, in words.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether an answer came back.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>How it ended.</summary>
    public required TraceEnding Ending { get; init; }

    /// <summary>Time from the request's start to its end [ns].</summary>
    public required long TotalNs { get; init; }

    /// <summary>Every path that such a request can take, most likely first.</summary>
    [JsonPropertyName("ways")]
    public required ImmutableArray<TracePath> Paths { get; init; }

    /// <summary>Paths that were left out of <see cref="Paths"/> for their number.</summary>
    [JsonPropertyName("moreWays")]
    public required int MorePaths { get; init; }
}

/// <summary>How a traced request ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TraceEnding>))]
public enum TraceEnding
{
    /// <summary>The client got an answer of the target.</summary>
    [JsonStringEnumMemberName("answered")]
    Answered,

    /// <summary>The client was refused: by a reset, or by an error of a router.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>A packet was lost, and the client gave up.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,

    /// <summary>The name has no address.</summary>
    [JsonStringEnumMemberName("unresolved")]
    Unresolved,
}

/// <summary>Something that happened to a request.</summary>
/// <param name="AtNs">When, since the request started [ns].</param>
/// <param name="Place">Where: a client, a load balancer, a node, a pod, DNS.</param>
/// <param name="What">What, in words.</param>
/// <param name="Rules">Rules and tables asked, with what they said.</param>
/// <param name="TookNs">How long the packet took here, the wire to the next place not included [ns].</param>
public sealed record TraceStep(long AtNs, string Place, string What, ImmutableArray<TraceRule> Rules, long TookNs);

/// <summary>A rule or table that a packet met.</summary>
/// <param name="Where">Chain, map or table, as the tools of the mode name it.</param>
/// <param name="Rule">The rule, as those tools print it; empty where rules were compared and none matched.</param>
/// <param name="Meaning">What it did.</param>
/// <param name="RulesCompared">Rules compared for it.</param>
/// <param name="Lookups">Look-ups in maps, sets or hash tables.</param>
/// <param name="CostNs">What that costs by the cost profile [ns].</param>
public sealed record TraceRule(string Where, string Rule, string Meaning, int RulesCompared, int Lookups, long CostNs);

/// <summary>A path that a request can take.</summary>
/// <param name="Path">Machines from the client to the backend.</param>
/// <param name="Share">Its share, 0 to 1.</param>
public sealed record TracePath([property: JsonPropertyName("way")] string Path, double Share);
