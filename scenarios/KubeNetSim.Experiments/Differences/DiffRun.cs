using System.Collections.Immutable;

namespace KubeNetSim.Experiments.Differences;

/// <summary>Simulates two sets of manifests with the same random numbers, and compares everything that came of them.</summary>
public static class DiffRun
{
    /// <summary>Compares them.</summary>
    /// <param name="old">The old set.</param>
    /// <param name="other">The new one.</param>
    /// <param name="conditions">What must not happen.</param>
    /// <param name="threads">Replications at a time; changes no result.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static DiffResult Compare(
        DiffSide old, DiffSide other, ImmutableArray<FailCondition> conditions, int threads, IProgress<double> progress, CancellationToken cancellation)
    {
        MeasuredRun before = Run(old, threads, new Half(progress, 0), cancellation);
        MeasuredRun after = Run(other, threads, new Half(progress, 0.5), cancellation);
        ImmutableArray<MetricChange> metrics = MetricChanges.Of(before, after);
        ImmutableArray<DiffFact> routes = [.. Routes(before.Results, after.Results)];
        return new DiffResult(
            old.Name, other.Name, DiffVerdict.Of(metrics), DiffVerdict.Sentences(metrics, routes, before.Results.Cost?.Currency ?? ""), Objects(old, other), ClusterDifference.Of(old, other), routes,
            metrics, [.. conditions.Select(condition => condition.Judge(metrics))], Math.Min(before.Results.Replications, after.Results.Replications), before.Results.Seed);
    }

    /// <summary>What is wrong with conditions: a workload or costs that there are not.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="old">The old set.</param>
    /// <param name="other">The new one.</param>
    public static IEnumerable<string> Problems(IEnumerable<FailCondition> conditions, DiffSide old, DiffSide other)
    {
        string[] workloads = [.. old.Prepared.WorkloadNames.Intersect(other.Prepared.WorkloadNames)];
        bool hasPrices = old.Input.Scenario.Prices is not null && other.Input.Scenario.Prices is not null;
        foreach (FailCondition condition in conditions)
        {
            if (condition.Workload is { } name && !workloads.Contains(name))
                yield return $"--fail-on '{condition.Text}': both sides have no workload \"{name}\"; they have {string.Join(", ", workloads)}";
            if (condition.Metric == "cost" && !hasPrices)
                yield return $"--fail-on '{condition.Text}': nobody charges for the network of these clusters; try --cloud aws or --prices FILE";
        }
    }

    private static MeasuredRun Run(DiffSide side, int threads, IProgress<double> progress, CancellationToken cancellation)
    {
        (RunResults results, ImmutableArray<ReplicationRecord> replications) = Experiment.Replicate(side.Prepared, threads, progress, cancellation);
        return new MeasuredRun(results, replications);
    }

    private static ImmutableArray<DiffObject> Objects(DiffSide old, DiffSide other) =>
    [
        .. ManifestDifference.Of(old.Files, other.Files).SelectMany(change => change.Fields.IsEmpty
            ? [new DiffObject(change.Object, change.Change, "", null, null)]
            : change.Fields.Select(field => new DiffObject(change.Object, change.Change, field.Field, field.Old, field.New))),
    ];

    private static IEnumerable<DiffFact> Routes(RunResults before, RunResults after)
    {
        foreach (WorkloadResult one in before.Workloads)
        {
            if (after.Workloads.FirstOrDefault(workload => workload.Name == one.Name) is not { } two)
            {
                yield return new DiffFact(one.Name, "requests", "sent", "none: there is nothing to send them to");
                continue;
            }
            if (one.Path != two.Path)
                yield return new DiffFact(one.Name, "path", one.Path, two.Path);
            if (one.Succeeded > 0 && two.Succeeded > 0 && one.ClientIPPreserved != two.ClientIPPreserved)
                yield return new DiffFact(one.Name, "client's address", Address(one), Address(two));
        }
        foreach (WorkloadResult two in after.Workloads.Where(two => before.Workloads.All(one => one.Name != two.Name)))
            yield return new DiffFact(two.Name, "requests", "none: there was nothing to send them to", "sent");
    }

    private static string Address(WorkloadResult workload) => workload.ClientIPPreserved switch { true => "kept", false => "lost", null => "kept by some" };

    /// <summary>Progress of one of two runs.</summary>
    private sealed class Half(IProgress<double> whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + value / 2);
    }
}
