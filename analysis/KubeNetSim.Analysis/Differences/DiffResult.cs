using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeNetSim.Analysis.Differences;

/// <summary>What changes from one set of manifests to another, as <c>diff -o json</c> prints it.</summary>
/// <param name="Old">Name of the old set.</param>
/// <param name="New">Name of the new one.</param>
/// <param name="Verdict"><c>better</c>, <c>worse</c>, <c>better and worse</c>, or <c>no difference shown</c>.</param>
/// <param name="Summary">What matters most, in sentences.</param>
/// <param name="Objects">Objects and fields that differ.</param>
/// <param name="Cluster">What controllers and kube-proxy make of them: endpoints, hints, rules a node.</param>
/// <param name="Routes">Paths of requests, and whether pods see the client's address.</param>
/// <param name="Metrics">Latency, failures, load and costs.</param>
/// <param name="Conditions">What was not to happen, and whether it does.</param>
/// <param name="Replications">Replications of both runs.</param>
/// <param name="Seed">Seed of both.</param>
public sealed record DiffResult(
    string Old, string New, string Verdict, ImmutableArray<string> Summary, ImmutableArray<DiffObject> Objects, ImmutableArray<DiffFact> Cluster, ImmutableArray<DiffFact> Routes,
    ImmutableArray<MetricChange> Metrics, ImmutableArray<ConditionResult> Conditions, int Replications, ulong Seed)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether a condition failed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasFailed => Conditions.Any(condition => condition.State == "failed");

    /// <summary>The text that <c>diff -o json</c> prints.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>An object that differs.</summary>
/// <param name="Object">Kind, namespace and name.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Field">Path of the field; empty for the whole object.</param>
/// <param name="Old">Old value; null where it was not there.</param>
/// <param name="New">New value; null where it is gone.</param>
public sealed record DiffObject(string Object, string Change, string Field, string? Old, string? New);

/// <summary>Something that is not the same before and after.</summary>
/// <param name="Subject">Of what: a Service, a workload, or the cluster.</param>
/// <param name="What">What.</param>
/// <param name="Old">Before.</param>
/// <param name="New">After.</param>
public sealed record DiffFact(string Subject, string What, string Old, string New);
