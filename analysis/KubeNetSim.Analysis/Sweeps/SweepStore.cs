using System.Text.Json;

namespace KubeNetSim.Analysis;

/// <summary>
/// Finished points of a sweep, one file each, named by the hash of everything that went into the point. A file that is there is whole, whatever
/// kills the process; what is not there is run again. Several processes may keep points in one folder.
/// </summary>
/// <param name="folder">Where the files are; made when needed.</param>
public sealed class SweepStore(string folder)
{
    /// <summary>The result of a point; null where it is not there yet, or is not readable, so that it must be run.</summary>
    /// <param name="key">Hash of its input.</param>
    public SweepPointResult? Find(string key)
    {
        try
        {
            using FileStream file = File.OpenRead(PathOf(key));
            SweepPointResult? result = JsonSerializer.Deserialize(file, SweepContext.Default.SweepPointResult);
            return result is { Rows.IsDefault: false } && result.Rows.All(row => row.Values.Length == SweepMetric.All.Count) ? result : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps the result of a point.</summary>
    public void Save(string key, SweepPointResult result)
    {
        Directory.CreateDirectory(folder);
        WholeFile.Write(PathOf(key), file => JsonSerializer.Serialize(file, result, SweepContext.Default.SweepPointResult));
    }

    /// <summary>Removes what processes of this machine were writing when they were killed.</summary>
    public void Tidy() => WholeFile.ClearAbandoned(folder);

    private string PathOf(string key) => Path.Combine(folder, $"{key}.json");
}
