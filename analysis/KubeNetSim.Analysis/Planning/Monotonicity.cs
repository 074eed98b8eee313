using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Planning;

/// <summary>
/// Where more workers can only shorten waits. With one queue for all workers of a pod and the same arrivals and service times, every request waits no longer
/// (Kiefer and Wolfowitz, On the theory of queues with many servers, Transactions of the AMS 78, 1955). Arrivals are the same only where nothing that happens before
/// a pod hears of what happens in it.
/// </summary>
public static class Monotonicity
{
    // net/netfilter/ipvs of the kernel. These look at packets, weights and turns alone; the others count open connections.
    private static readonly string[] BlindSchedulers = ["rr", "wrr", "sh", "dh", "mh"];

    /// <summary>Why it is not shown that more workers shorten waits and change nothing else for the worse; null where it is.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="scheduler">The scheduler of its nodes' kernels; null where rules draw a pod at random.</param>
    public static string? WhyNotShown(Scenario scenario, string? scheduler)
    {
        if (!scenario.Timeline.IsEmpty)
            return "the cluster changes while it runs";
        if (!scenario.Objects.Http.IsEmpty)
            return "Ingress and Gateway controllers send requests on over connections that are free when an answer has come";
        // Of those that wait for long, a bounded queue keeps few.
        if (scenario.Backends.Any(backend => backend.QueueBound is not null))
            return "a bounded queue refuses the requests that would wait longest";
        if (scheduler is not null && !BlindSchedulers.Contains(scheduler))
            return $"the IPVS scheduler {scheduler} counts the connections that are open";
        return scenario.Workloads.Select(WhyNotRegardless).FirstOrDefault(reason => reason is not null);
    }

    // Whether a workload sends at the same times to the same pods, however long answers take.
    private static string? WhyNotRegardless(Workload workload) =>
        workload.Arrivals is ArrivalSpec.ClosedLoop ? $"users of {workload.Name} wait for an answer before they ask again"
        : workload.Connections.Reuse != ConnectionReuse.None ? $"{workload.Name} takes connections that are free when an answer has come"
        : workload is not { TimeoutNs: null, Retries: 0 } ? $"clients of {workload.Name} give up, or ask again"
        : null;

    /// <summary>
    /// Where an objective was met with less of a field and missed with more of it, all else equal: a sentence for each field and objective. What is seen here is
    /// seen among the settings that were simulated, and says nothing of the others.
    /// </summary>
    /// <param name="tried">The settings that were simulated.</param>
    internal static ImmutableArray<string> Broken(ImmutableArray<PlanSetting> tried)
    {
        (PlanSetting Setting, ImmutableSortedDictionary<string, double> Numbers)[] all = [.. tried.Select(setting => (setting, Numbers(setting)))];
        return
        [
            .. from less in all
               from more in all
               let fields = less.Setting.Setting.Keys.Where(field => less.Setting.Setting[field] != more.Setting.Setting[field]).ToArray()
               where fields.Length == 1 && less.Numbers.ContainsKey(fields[0]) && more.Numbers.ContainsKey(fields[0]) && less.Numbers[fields[0]] < more.Numbers[fields[0]]
               from place in Enumerable.Range(0, less.Setting.Objectives.Length)
               where less.Setting.Objectives[place].State == "met" && more.Setting.Objectives[place].State == "missed"
               group $"{less.Setting.Objectives[place].Objective} is not monotone in {fields[0]}: met with {less.Setting.InWords}, missed with {more.Setting.InWords}."
                   by (fields[0], place) into same
               select same.First(),
        ];
    }

    private static ImmutableSortedDictionary<string, double> Numbers(PlanSetting setting) => setting.Setting
        .Select(pair => (pair.Key, Number: double.TryParse(pair.Value, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : double.NaN))
        .Where(pair => !double.IsNaN(pair.Number)).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Number);
}
