using System.Diagnostics;
using System.Globalization;
using System.Text;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Simulation;

namespace KubeNetSim.Bench;

/// <summary>
/// The reference model and its variants beside the bare loop, in one process, taking turns: machines are noisy, so the ratios of medians are
/// the figures.
/// </summary>
internal static class ReferenceModel
{
    private static readonly (string Name, string What, string Instead, string Service)[] Variants =
    [
        ("iptables", "", "", ""),
        ("nftables", "mode: iptables", "mode: nftables", ""),
        ("ipvs", "mode: iptables", "mode: ipvs", ""),
        ("session affinity", "", "", ", sessionAffinity: ClientIP"),
        ("keep-alive", "connections: {reuse: none}", "connections: {reuse: keepAlive}", ""),
        ("two replications, two threads", "replications: 1", "replications: 2", ""),
    ];

    /// <summary>Measures and prints a table.</summary>
    /// <param name="arguments">Rounds, from 1; 5 by default.</param>
    /// <param name="output">Where it is printed.</param>
    public static int Compare(string[] arguments, TextWriter output)
    {
        int rounds = arguments is [string text] && int.TryParse(text, CultureInfo.InvariantCulture, out int given) && given > 0 ? given : 5;
        PreparedScenario[] scenarios = [.. Variants.Select(variant => Prepare(variant.What, variant.Instead, variant.Service))];
        List<double>[] rates = [.. Variants.Select(_ => new List<double>())];
        List<double> bare = [];
        // The first round warms up.
        for (int round = 0; round <= rounds; round++)
        {
            Take(bare, round, () => Bare(5_000_000));
            for (int variant = 0; variant < scenarios.Length; variant++)
                Take(rates[variant], round, () => Simulated(scenarios[variant]));
            output.WriteLine(round == 0 ? "warmed up" : $"round {round} of {rounds}");
        }
        double limit = Median(bare);
        output.WriteLine();
        output.WriteLine($"{"",-32}{"requests/s",14}{"of the bare loop",18}{"of iptables",14}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"bare loop",-32}{limit,14:N0}{1,18:0.00}"));
        for (int variant = 0; variant < scenarios.Length; variant++)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Variants[variant].Name,-32}{Median(rates[variant]),14:N0}{Median(rates[variant]) / limit,18:0.00}{Median(rates[variant]) / Median(rates[0]),14:0.00}"));
        return 0;
    }

    private static void Take(List<double> rates, int round, Func<double> measure)
    {
        GC.Collect();
        double rate = measure();
        if (round > 0)
            rates.Add(rate);
    }

    private static double Bare(long requests)
    {
        Stopwatch watch = Stopwatch.StartNew();
        new BareLoop().Run(requests);
        return requests / watch.Elapsed.TotalSeconds;
    }

    private static double Simulated(PreparedScenario scenario)
    {
        Stopwatch watch = Stopwatch.StartNew();
        SimulationOutcome outcome = Simulator.Run(scenario, new SimulationOptions { Threads = scenario.Scenario.Run.Replications });
        return outcome.Replications.Sum(replication => replication.RequestsStarted) / watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static PreparedScenario Prepare(string what, string instead, string service)
    {
        string text = Manifests.R1(1_000, 10, service) + (what.Length == 0 ? Manifests.Scenario : Manifests.Scenario.Replace(what, instead, StringComparison.Ordinal));
        ScenarioReading reading = ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Reconciliation controllers = ControlPlane.Reconcile(reading.Scenario!.Objects, reading.Scenario.Cluster);
        Preparation preparation = Preparation.Of(reading.Scenario, controllers.Cluster);
        foreach (Problem problem in reading.Problems.Concat(preparation.Problems).Where(problem => problem.Severity == Severity.Error))
            throw new InvalidOperationException(problem.ToString());
        return preparation.Prepared!;
    }
}
