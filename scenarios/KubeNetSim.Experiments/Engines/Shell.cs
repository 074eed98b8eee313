namespace KubeNetSim.Experiments.Engines;

/// <summary>Words of a shell's command line.</summary>
public static class Shell
{
    /// <summary>A word that the shell takes as it stands (POSIX.1-2024, 2.2.2 Single-Quotes).</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ':' or '=' or ',')
            ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The command that starts this very program.</summary>
    public static string ThisProgram()
    {
        string process = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? $"{Quote(process)} {Quote(Path.Combine(AppContext.BaseDirectory, "kubenetsim.dll"))}" : Quote(process);
    }
}
