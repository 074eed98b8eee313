using System.Diagnostics;

namespace KubeNetSim.Experiments.Engines;

/// <summary>The command-line client of an engine, as it is installed here.</summary>
/// <param name="path">Full path of the program.</param>
public sealed class EngineClient(string path)
{
    /// <summary>The client, found along a search path; null if it is not installed.</summary>
    /// <param name="name">Name of the program.</param>
    /// <param name="searchPath">Value of PATH.</param>
    public static EngineClient? Find(string name, string searchPath) => searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .Where(File.Exists)
        .Select(path => new EngineClient(path))
        .FirstOrDefault();

    /// <summary>Runs it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it printed, without the last line break.</returns>
    /// <exception cref="IOException">It failed, or could not be started.</exception>
    public string Run(params string[] arguments)
    {
        ProcessStartInfo start = new(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Start(start);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new IOException($"{Path.GetFileName(path)} refused: {errors.Result.Trim()}");
        return output.Trim();
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{path} cannot be started: {error.Message}", error);
        }
    }
}
