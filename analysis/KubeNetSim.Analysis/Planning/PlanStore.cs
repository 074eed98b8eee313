using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeNetSim.Analysis;

/// <summary>What the simulation of a setting said.</summary>
/// <param name="MonthlyCost">Network costs of a month; 0 where nobody charges.</param>
/// <param name="Replications">Replications that it took.</param>
/// <param name="Objectives">What became of each objective.</param>
public sealed record PlanVerdict(double MonthlyCost, int Replications, ImmutableArray<ObjectiveResult> Objectives)
{
    /// <summary>Whether more replications might show what these do not.</summary>
    [JsonIgnore]
    public bool IsOpen => Objectives.All(objective => objective.State != ObjectiveState.Missed) && Objectives.Any(objective => objective.State == ObjectiveState.Undecided);
}

/// <summary>Verdicts of a plan, one file each, named by the hash of everything that went into it. A file that is there is whole, whatever kills the process.</summary>
/// <param name="folder">Where the files are; made when needed.</param>
public sealed class PlanStore(string folder)
{
    /// <summary>The verdict on a setting; null where it is not there yet, or is not readable, so that it must be simulated.</summary>
    /// <param name="key">Hash of its input.</param>
    public PlanVerdict? Find(string key)
    {
        try
        {
            using FileStream file = File.OpenRead(PathOf(key));
            return JsonSerializer.Deserialize(file, PlanVerdictContext.Default.PlanVerdict) is { Objectives.IsDefault: false } verdict ? verdict : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps the verdict on a setting.</summary>
    public void Save(string key, PlanVerdict verdict)
    {
        Directory.CreateDirectory(folder);
        WholeFile.Write(PathOf(key), file => JsonSerializer.Serialize(file, verdict, PlanVerdictContext.Default.PlanVerdict));
    }

    private string PathOf(string key) => Path.Combine(folder, $"{key}.json");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlanVerdict))]
internal sealed partial class PlanVerdictContext : JsonSerializerContext;
