namespace KubeNetSim.Analysis.Sweeps;

/// <summary>
/// Finished points of a sweep, one file each, named by the hash of everything that went into the point. A file that is there is whole, whatever
/// kills the process; what is not there is run again. Several processes may keep points in one folder.
/// </summary>
/// <param name="folder">Where the files are; made when needed.</param>
public sealed class SweepStore(string folder)
{
    private readonly CheckedFile _files = new();

    /// <summary>Files of points that did not verify, so that their points are simulated again.</summary>
    public IReadOnlyList<string> Damaged => _files.Damaged;

    /// <summary>The result of a point; null where it is not there yet, or is not readable, so that it must be run.</summary>
    /// <param name="key">Hash of its input.</param>
    public SweepPointResult? Find(string key)
    {
        SweepPointResult? result = _files.Read(PathOf(key), key, SweepContext.Default.SweepPointResult);
        return result is { Rows.IsDefaultOrEmpty: false } && result.Rows.All(row => row.Values.Length == SweepMetric.All.Count) ? result : null;
    }

    /// <summary>Keeps the result of a point.</summary>
    public void Save(string key, SweepPointResult result)
    {
        Directory.CreateDirectory(folder);
        CheckedFile.Write(PathOf(key), key, result, SweepContext.Default.SweepPointResult);
    }

    /// <summary>Removes what processes of this machine were writing when they were killed.</summary>
    public void Tidy() => WholeFile.ClearAbandoned(folder);

    private string PathOf(string key) => Path.Combine(folder, $"{key}.json");
}
