using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>
/// Files that are complete or absent: written to a temporary file in the same folder, flushed to the disk, and then renamed. The old file stays until the new
/// one is complete, and a symbolic link in its place is replaced, not followed.
/// </summary>
public static class WholeFile
{
    private const string Ending = ".part";

    // Shares of a sweep may write to one folder from many machines.
    private static readonly string Writer = $".{Environment.MachineName}-";

    /// <summary>Writes text in UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes text in UTF-8 that a method gives piece by piece.</summary>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, file =>
    {
        using StreamWriter text = new(file, new UTF8Encoding(false), leaveOpen: true);
        write(text);
    });

    /// <summary>Writes a file. Whatever ends the process, either the old file or the new one is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="IOException">It cannot be written; the old file is there as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string beside = $"{path}{Writer}{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{Ending}";
        File.Delete(beside);
        try
        {
            // CreateNew fails where a link was put in the place in between.
            using (FileStream file = new(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Removes what processes of this machine that have ended left half written.</summary>
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
