using System.Collections.Immutable;

namespace KubeNetSim.Cli;

/// <summary>What the FILE arguments of a command say: a scenario, and the cluster that controllers make of its objects.</summary>
/// <param name="Scenario">What was asked.</param>
/// <param name="Cluster">The cluster.</param>
internal sealed record ClusterInput(Scenario Scenario, Cluster Cluster)
{
    /// <summary>Reads the files and prints every problem at once; null where one of them is an error.</summary>
    public static ClusterInput? Read(IReadOnlyList<string> files, CommandConsole console) => Read(files, console, new Profile(console.Clock));

    /// <summary>The same, and how long it took.</summary>
    /// <inheritdoc cref="Read(IReadOnlyList{string}, CommandConsole)"/>
    public static ClusterInput? Read(IReadOnlyList<string> files, CommandConsole console, Profile profile)
    {
        ScenarioReading reading = profile.Measure(Stage.Load, () => ScenarioReader.Read(files, console.Input));
        if (reading.Scenario is not { } scenario)
        {
            ProblemWriter.Write(reading.Problems, console);
            return null;
        }
        Reconciliation reconciliation = profile.Measure(Stage.Derive, () => ControlPlane.Reconcile(scenario.Objects, scenario.Cluster));
        ImmutableArray<Problem> problems = [.. reading.Problems, .. reconciliation.Problems];
        return ProblemWriter.Write(problems, console) ? new ClusterInput(scenario, reconciliation.Cluster) : null;
    }

    /// <summary>What was assumed because the files do not say it, on standard error: data stays alone on standard output.</summary>
    public void WriteDefaults(CommandConsole console)
    {
        foreach (DefaultTaken taken in Scenario.Defaults.Concat(Cluster.Defaults))
            console.Error.WriteLine($"assumed: {taken.What}: {taken.Value}");
    }
}
