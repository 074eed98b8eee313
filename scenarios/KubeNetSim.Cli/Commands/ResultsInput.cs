namespace KubeNetSim.Cli.Commands;

/// <summary>Reads the results that a command is given.</summary>
internal static class ResultsInput
{
    /// <summary>Reads the results of a folder; null, with a message, if that is not possible.</summary>
    public static RunResults? Read(string folder, CommandConsole console)
    {
        try
        {
            return ResultsFolder.Read(folder);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            ProblemWriter.WriteUsage($"{folder}: there is no {ResultsFolder.ResultsFile}; `kubenetsim run FILE --out {folder}` makes one", console);
        }
        catch (InvalidDataException error)
        {
            console.Error.WriteLine(error.Message);
        }
        return null;
    }
}
