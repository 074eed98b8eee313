using System.Collections.Immutable;

namespace KubeNetSim.Experiments.Engines;

/// <summary>A sweep as it is given to an engine that runs it on many machines.</summary>
/// <param name="Name">Name of the sweep, in letters that every engine takes: lower case, digits and dashes.</param>
/// <param name="Sweep">Full path of the Sweep's file.</param>
/// <param name="Inputs">Full paths of all files that the sweep reads, its own included.</param>
/// <param name="Prices">Full path of the PriceSheet that replaces the prices of the scenario, one of the inputs; null for none.</param>
/// <param name="Results">Full path of the folder for the results.</param>
/// <param name="Tasks">In how many shares the points are run.</param>
/// <param name="Cpus">Cores of each.</param>
public sealed record Submission(string Name, string Sweep, ImmutableArray<string> Inputs, string? Prices, string Results, int Tasks, int Cpus)
{
    // The name of an Indexed Job is followed by the index, together at most 63 letters (RFC 1123 label).
    private const int LongestName = 52;

    /// <summary>The name in letters that every engine takes.</summary>
    public static string NameOf(string sweep)
    {
        string name = string.Concat(sweep.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        name = name[..Math.Min(name.Length, LongestName)].Trim('-');
        return name.Length > 0 ? name : "sweep";
    }
}

/// <summary>What an engine needs, and how it is given to it.</summary>
/// <param name="Folder">Full path of the folder for its files.</param>
/// <param name="Files">The files, by name.</param>
/// <param name="Copies">Files to copy: from where, and their name in the folder.</param>
/// <param name="ByHand">Commands that a person would type to submit it, in order.</param>
public sealed record EngineFiles(
    string Folder, ImmutableArray<(string Name, string Text)> Files, ImmutableArray<(string From, string Name)> Copies, ImmutableArray<string> ByHand)
{
    /// <summary>Writes the files.</summary>
    public void Write()
    {
        Directory.CreateDirectory(Folder);
        foreach ((string name, string text) in Files)
            WholeFile.Write(Path.Combine(Folder, name), text);
        foreach ((string from, string name) in Copies)
        {
            string to = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            WholeFile.Write(to, file =>
            {
                using FileStream source = File.OpenRead(from);
                source.CopyTo(file);
            });
        }
    }
}
