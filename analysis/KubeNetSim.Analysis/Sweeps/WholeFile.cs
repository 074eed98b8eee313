using System.Diagnostics;
using System.Globalization;

namespace KubeNetSim.Analysis;

/// <summary>Files that are whole or not there: written beside their place, put on the disk, and then moved there in one step.</summary>
internal static class WholeFile
{
    private const string Ending = ".part";

    // Shares of a sweep may write to one folder from many machines.
    private static readonly string Writer = $".{Environment.MachineName}-";

    /// <summary>Writes a file; whatever kills the process, the old one or the new one is there.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string beside = $"{path}{Writer}{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{Ending}";
        using (FileStream file = File.Create(beside))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Removes what processes of this machine that are no more left half written.</summary>
    public static void ClearAbandoned(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string file in Directory.GetFiles(folder, $"*{Writer}*{Ending}"))
            if (int.TryParse(file[(file.LastIndexOf(Writer, StringComparison.Ordinal) + Writer.Length)..].Split('-')[0], CultureInfo.InvariantCulture, out int process) && !IsRunning(process))
                File.Delete(file);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
