using System.Security.Cryptography;
using System.Text;

namespace KubeNetSim.Experiments.Running;

/// <summary>The folder that a run leaves.</summary>
public static class ResultsFolder
{
    /// <summary>The file that everything else is made from.</summary>
    public const string ResultsFile = "results.json";

    /// <summary>Results of a run that was interrupted, where the results of a finished one are in the folder already.</summary>
    public const string PartialFile = "results.partial.json";

    private const string Report = "report.html";
    private const int LongestName = 100;

    /// <summary>Name of a folder for something that its author named. A folder takes only some characters; a name with others gets a hash, so that two names have two folders.</summary>
    public static string FileName(string name)
    {
        string plain = string.Concat(name.Take(LongestName).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        return plain == name && plain.Length > 0 ? plain : $"{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8]}";
    }

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

    /// <summary>
    /// Writes everything. Of a run that was interrupted only the results are written, which can be drawn later; they never replace those of a finished run.
    /// </summary>
    /// <returns>The file that holds the results.</returns>
    public static string Write(RunResults results, string folder)
    {
        Make(folder);
        string file = Path.Combine(folder, results.Incomplete && HoldsFinished(folder) ? PartialFile : ResultsFile);
        WholeFile.Write(file, RunResultsFile.ToJson(results));
        if (!results.Incomplete)
        {
            File.Delete(Path.Combine(folder, PartialFile));
            WritePictures(results, folder);
        }
        else if (Path.GetFileName(file) == ResultsFile)
            DeletePictures(folder);
        return file;
    }

    // A file that is not readable may be a finished one, too.
    private static bool HoldsFinished(string folder)
    {
        string path = Path.Combine(folder, ResultsFile);
        try
        {
            return File.Exists(path) && !RunResultsFile.FromJson(File.ReadAllText(path), path).Incomplete;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    /// <summary>Writes what is made of the results: figures and page.</summary>
    public static void WritePictures(RunResults results, string folder)
    {
        RunFigures.Write(results, folder, FigureStyle.Light);
        WholeFile.WriteText(Path.Combine(folder, Report), page => HtmlReport.Write(page, results));
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
