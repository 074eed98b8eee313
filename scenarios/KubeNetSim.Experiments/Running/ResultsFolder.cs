using KubeNetSim.Analysis;
using KubeNetSim.Measurements;

namespace KubeNetSim.Experiments.Running;

/// <summary>The folder that a run leaves.</summary>
public static class ResultsFolder
{
    /// <summary>The file that everything else is made from.</summary>
    public const string ResultsFile = "results.json";

    private const string Report = "report.html";

    /// <summary>Name of a folder for something that its author named; a folder takes only some characters.</summary>
    public static string FileName(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));

    /// <summary>Makes the folder, unless it is there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Make(string folder)
    {
        if (File.Exists(folder))
            throw new IOException($"{folder} is a file; results are kept in a folder: --out DIR");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the folder {folder} cannot be made ({error.Message}); results can be kept elsewhere: --out DIR", error);
        }
    }

    /// <summary>Writes everything; of a run that was interrupted, the results alone: who interrupts is in a hurry, and they can be drawn later.</summary>
    public static void Write(RunResults results, string folder)
    {
        Make(folder);
        File.WriteAllText(Path.Combine(folder, ResultsFile), RunResultsFile.ToJson(results));
        if (results.Incomplete)
            DeletePictures(folder);
        else
            WritePictures(results, folder);
    }

    /// <summary>Writes what is made of the results: figures and page.</summary>
    public static void WritePictures(RunResults results, string folder)
    {
        RunFigures.Write(results, folder, FigureStyle.Light);
        using StreamWriter page = File.CreateText(Path.Combine(folder, Report));
        HtmlReport.Write(page, results);
    }

    // Those of an earlier run would pass for pictures of this one.
    private static void DeletePictures(string folder)
    {
        RunFigures.Delete(folder);
        File.Delete(Path.Combine(folder, Report));
    }

    /// <summary>Reads the results of a folder, or of a results.json.</summary>
    /// <exception cref="InvalidDataException">The file holds no results of a run.</exception>
    public static RunResults Read(string folder)
    {
        string path = File.Exists(folder) ? folder : Path.Combine(folder, ResultsFile);
        return RunResultsFile.FromJson(File.ReadAllText(path), path);
    }
}
