using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace KubeNetSim.Bench;

/// <summary>
/// The reference model and its variants beside the bare loop, in one process, taking turns: machines are noisy, so the ratios of medians are
/// the figures.
/// </summary>
internal static class ReferenceModel
{
    private static readonly Variant[] Variants =
    [
        new("iptables", "iptables"),
        new("nftables", "iptables", ("mode: iptables", "mode: nftables")),
        new("ipvs", "iptables", ("mode: iptables", "mode: ipvs")),
        new("session affinity", "iptables") { OfService = ", sessionAffinity: ClientIP" },
        new("keep-alive", "iptables", ("connections: {reuse: none}", "connections: {reuse: keepAlive}")),
        new("jitter", "iptables", ("network: {sameZone: {jitter: 0}, crossZone: {jitter: 0}}", "network: {}")),
        new("one Service, by address", "nftables", ("mode: iptables", "mode: nftables"), (Manifests.Uniform, Manifests.One(Manifests.AddressOfAll))) { More = Manifests.All },
        new("one Service, by name", "one Service, by address", ("mode: iptables", "mode: nftables"), (Manifests.Uniform, Manifests.One("all.r1"))) { More = Manifests.All },
        new("two replications, two threads", "iptables", ("replications: 1", "replications: 2")),
    ];

    /// <summary>Measures and prints a table.</summary>
    /// <param name="arguments">Rounds, from 1, 5 by default; then names of variants, where not all are wanted.</param>
    /// <param name="output">Where it is printed.</param>
    public static int Compare(string[] arguments, TextWriter output)
    {
        int rounds = arguments is [string text, ..] && int.TryParse(text, CultureInfo.InvariantCulture, out int given) && given > 0 ? given : 5;
        Variant[] variants = [.. Variants.Where(variant => arguments.Length < 2 || arguments.Contains(variant.Name))];
        PreparedScenario[] scenarios = [.. variants.Select(Prepare)];
        List<double>[] rates = [.. variants.Select(_ => new List<double>())];
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
        output.WriteLine($"{"",-32}{"requests/s",14}{"of the bare loop",18}{"of",8}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"bare loop",-32}{limit,14:N0}{1,18:0.00}"));
        for (int variant = 0; variant < variants.Length; variant++)
        {
            double rate = Median(rates[variant]);
            int of = Array.FindIndex(variants, other => other.Name == variants[variant].Of);
            string ratio = of < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{rate / Median(rates[of]),8:0.00} {variants[of].Name}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{variants[variant].Name,-32}{rate,14:N0}{rate / limit,18:0.00}{ratio}"));
        }
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

    private static PreparedScenario Prepare(Variant variant)
    {
        string text = Manifests.R1(1_000, 10, variant.OfService) + variant.More + Manifests.ScenarioText;
        foreach ((string what, string instead) in variant.Changes)
            text = text.Replace(what, instead, StringComparison.Ordinal);
        ScenarioReading reading = ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Reconciliation controllers = ControlPlane.Reconcile(reading.Scenario!.Objects, reading.Scenario.Cluster);
        Preparation preparation = Preparation.Of(reading.Scenario, controllers.Cluster);
        foreach (Problem problem in reading.Problems.Concat(preparation.Problems).Where(problem => problem.Severity == Severity.Error))
            throw new InvalidOperationException(problem.ToString());
        return preparation.Prepared!;
    }

    // What it is compared with, and what it changes of the Scenario's text.
    private sealed record Variant(string Name, string Of, params (string What, string Instead)[] Changes)
    {
        public string OfService { get; init; } = "";

        public string More { get; init; } = "";
    }
}
