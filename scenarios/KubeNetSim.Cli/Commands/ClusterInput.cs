namespace KubeNetSim.Cli.Commands;

/// <summary>Reads the FILE arguments of a command.</summary>
internal static class ClusterInput
{
    /// <summary>Reads the files and prints every problem at once; null if one of them is an error.</summary>
    public static ScenarioInput? Read(ScenarioSource source, CommandConsole console, Profile? profile)
    {
        ScenarioInputReading reading = ScenarioInputReading.Read(source with { StandardInput = console.Input }, profile);
        return ProblemWriter.Write(reading.Problems, console) ? reading.Input : null;
    }

    /// <summary>Prints the defaults that were taken to standard error, so that standard output holds data alone.</summary>
    public static void WriteDefaults(this ScenarioInput input, CommandConsole console)
    {
        foreach (DefaultTaken taken in input.Scenario.Defaults.Concat(input.Cluster.Defaults))
            console.Error.WriteLine($"assumed: {taken.What}: {taken.Value}");
    }
}
