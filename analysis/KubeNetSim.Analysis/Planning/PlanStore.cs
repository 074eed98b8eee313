using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeNetSim.Analysis.Planning;

/// <summary>What the simulation of a setting said.</summary>
/// <param name="MonthlyCost">Costs of a month; 0 where nobody charges.</param>
/// <param name="Replications">Replications that it took.</param>
/// <param name="Objectives">What became of each objective.</param>
public sealed record PlanVerdict(double MonthlyCost, int Replications, ImmutableArray<ObjectiveResult> Objectives)
{
    /// <summary>Costs of a month by each replication alone; empty where nobody charges.</summary>
    public ImmutableArray<double> CostByReplication { get; init; } = [];

    /// <summary>Whether more replications might show what these do not.</summary>
    [JsonIgnore]
    public bool IsOpen => Objectives.All(objective => objective.State != ObjectiveState.Missed) && Objectives.Any(objective => objective.State == ObjectiveState.Undecided);
}

/// <summary>
/// What a plan leaves: verdicts, one file each, named by the hash of everything that went into it, and the answer. A file that is there is whole, whatever kills the
/// process; a verdict that is not there is found again.
/// </summary>
/// <param name="folder">Where the files are; made when needed.</param>
public sealed class PlanStore(string folder)
{
    /// <summary>The file with the answer.</summary>
    public const string FileName = "plan.json";

    // No ending that an input has: a folder of results is no scenario.
    private const string Ending = ".verdict";

    private readonly CheckedFile _files = new();
    private readonly string _settings = Path.Combine(folder, "settings");

    /// <summary>Where the files are.</summary>
    public string Folder => folder;

    /// <summary>Files of verdicts that did not verify, so that their settings are simulated again.</summary>
    public IReadOnlyList<string> Damaged => _files.Damaged;

    /// <summary>The verdict on a setting; null where it is not there yet, or is not readable, so that it must be simulated.</summary>
    /// <param name="key">Hash of its input.</param>
    public PlanVerdict? Find(string key)
    {
        PlanVerdict? verdict = _files.Read(PathOf(key), key, PlanVerdictContext.Default.PlanVerdict);
        return verdict is { Objectives.IsDefaultOrEmpty: false } ? verdict : null;
    }

    /// <summary>Keeps the verdict on a setting.</summary>
    public void Save(string key, PlanVerdict verdict)
    {
        Directory.CreateDirectory(_settings);
        CheckedFile.Write(PathOf(key), key, verdict, PlanVerdictContext.Default.PlanVerdict);
    }

    /// <summary>Keeps the answer as plan.json, and removes what killed processes left half written.</summary>
    public void Save(PlanResult result)
    {
        WholeFile.ClearAbandoned(_settings);
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, FileName), PlanResult.ToJson(result));
    }

    /// <summary>Reads the answer again.</summary>
    /// <param name="folder">Where it is.</param>
    /// <exception cref="InvalidDataException">It is not what a plan leaves.</exception>
    public static PlanResult Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return PlanResult.FromJson(File.ReadAllText(path));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}:{(error.LineNumber ?? 0) + 1}:{(error.BytePositionInLine ?? 0) + 1}: this is no answer of a plan: {error.Message}", error);
        }
    }

    private string PathOf(string key) => Path.Combine(_settings, key + Ending);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlanVerdict))]
internal sealed partial class PlanVerdictContext : JsonSerializerContext;
