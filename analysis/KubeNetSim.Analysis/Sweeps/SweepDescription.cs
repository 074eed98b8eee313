using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>
/// What a sweep is: its question and its points, each with the hash of its input. It stands in the folder of every sweep and of every shard, so that shards can be
/// told apart from strangers and a report can be made without the documents.
/// </summary>
public sealed record SweepDescription
{
    /// <summary>Name of the file. A folder that holds it holds results, and no input.</summary>
    public const string FileName = "points.json";

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>The question that it answers; empty where its author states none.</summary>
    public string Question { get; init; } = "";

    /// <summary>Version of the simulator.</summary>
    public required string Version { get; init; }

    /// <summary>Metrics that are drawn.</summary>
    public required ImmutableArray<string> Metrics { get; init; }

    /// <summary>What holds for all points: name and value.</summary>
    public required ImmutableArray<SweepSetting> Settings { get; init; }

    /// <summary>Names of the axes.</summary>
    public required ImmutableArray<string> Axes { get; init; }

    /// <summary>All points, in their order.</summary>
    public required ImmutableArray<SweepDescribedPoint> Points { get; init; }

    /// <summary>What its figures and its page are headed by.</summary>
    internal string Title => Question.Length > 0 ? Question : Name;

    /// <summary>Writes it into a folder, which is made where needed.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, FileName), file => JsonSerializer.Serialize(file, this, SweepDescriptionContext.Default.SweepDescription));
    }

    /// <summary>Reads it from a folder.</summary>
    /// <exception cref="FileNotFoundException">The folder holds none.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The file is no description of a sweep.</exception>
    public static SweepDescription Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        using FileStream file = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize(file, SweepDescriptionContext.Default.SweepDescription)
                ?? throw new InvalidDataException($"{path}: this describes no sweep");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}:{error.LineNumber + 1}:{error.BytePositionInLine + 1}: this describes no sweep", error);
        }
    }

    /// <summary>In what another sweep differs, in words; empty where it is the same one.</summary>
    public string DifferenceFrom(SweepDescription other)
    {
        if (Name != other.Name)
            return $"its name is {Name}, not {other.Name}";
        if (Version != other.Version)
            return $"it was made by version {Version}, not {other.Version}";
        if (!Axes.SequenceEqual(other.Axes))
            return $"its axes are {string.Join(", ", Axes)}, not {string.Join(", ", other.Axes)}";
        if (Points.Length != other.Points.Length)
            return $"it has {Points.Length} points, not {other.Points.Length}";
        foreach ((SweepDescribedPoint point, SweepDescribedPoint twin) in Points.Zip(other.Points))
            if (!point.Values.SequenceEqual(twin.Values))
                return $"its point {point.Number} is {string.Join(", ", point.Values)}, not {string.Join(", ", twin.Values)}";
            else if (point.Key != twin.Key)
                return $"its point {point.Number} has other input: the scenario, or a file that it names, was changed in between";
        return Question != other.Question || !Metrics.SequenceEqual(other.Metrics) || !Settings.SequenceEqual(other.Settings)
            ? "its question, metrics or settings are others" : "";
    }

    /// <summary>The points of one of several shares: about as many in each, and the costly end of an axis spread over all of them.</summary>
    /// <param name="share">Which share, from 1.</param>
    /// <param name="shares">How many there are.</param>
    public IEnumerable<SweepDescribedPoint> Share(int share, int shares) => Points
        .OrderBy(point => point.Key, StringComparer.Ordinal).ThenBy(point => point.Number)
        .Where((_, rank) => rank % shares == share - 1)
        .OrderBy(point => point.Number);

    /// <summary>The table, where every point has its result; otherwise the points that have none.</summary>
    /// <param name="store">Where the results are.</param>
    public (SweepTable? Table, ImmutableArray<SweepDescribedPoint> Missing) Collect(SweepStore store)
    {
        (SweepDescribedPoint Point, SweepPointResult? Result)[] found = [.. Points.Select(point => (point, store.Find(point.Key)))];
        ImmutableArray<SweepDescribedPoint> missing = [.. found.Where(pair => pair.Result is null).Select(pair => pair.Point)];
        SweepTable table = new(Axes, [.. found.Select(pair => new SweepTablePoint(pair.Point.Number, pair.Point.Values, pair.Result!))]);
        return missing.IsEmpty ? (table, missing) : (null, missing);
    }
}

/// <summary>A point of a sweep.</summary>
/// <param name="Number">Number of the point, from 0.</param>
/// <param name="Values">Its value on each axis.</param>
/// <param name="Key">Hash of everything that goes into it.</param>
public sealed record SweepDescribedPoint(int Number, ImmutableArray<string> Values, string Key);

/// <summary>A setting of a sweep.</summary>
/// <param name="Name">What is set.</param>
/// <param name="Value">To what.</param>
public sealed record SweepSetting(string Name, string Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SweepDescription))]
internal sealed partial class SweepDescriptionContext : JsonSerializerContext;
