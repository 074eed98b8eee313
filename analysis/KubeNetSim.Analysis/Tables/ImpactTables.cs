using System.Globalization;

namespace KubeNetSim.Analysis.Tables;

/// <summary>What the events of a timeline cost, as a table and in words.</summary>
internal static class ImpactTables
{
    /// <summary>One row for each event and cause.</summary>
    public static TextTable Of(RunResults results)
    {
        TextTable table = new("EVENT", "AT>", "LOST REQUESTS>", "CAUSE", "FOR UP TO>");
        foreach (ImpactResult impact in results.Impact)
        {
            if (impact.Causes.IsEmpty)
                table.Add(impact.Event, Seconds(impact.AtSeconds), "0", "-", "-");
            foreach (ImpactCause cause in impact.Causes)
                table.Add(impact.Event, Seconds(impact.AtSeconds), Format.Count(Math.Round(cause.Requests)), cause.Cause, $"{Format.Digits(cause.Seconds)}s");
        }
        table.Note = "in one replication; the time counts from the deletion of the pod, or from the event; a request that is tried again and answered is not lost";
        return table;
    }

    /// <summary>One sentence for each event that cost requests.</summary>
    public static IEnumerable<string> Sentences(RunResults results)
    {
        double requests = (double)results.Workloads.Sum(workload => workload.Requests) / results.Replications;
        foreach (ImpactResult impact in results.Impact.Where(impact => impact.Failed > 0))
        {
            string interval = impact.FailedCI95 is { } ends ? $" ({Format.Count(Math.Round(ends[0]))} to {Format.Count(Math.Round(ends[1]))})" : "";
            string causes = impact.Causes.Length == 1 ? $"because {impact.Causes[0].Cause}{For(impact.Causes[0])}"
                : string.Join(", ", impact.Causes.Select(cause => $"{Format.Count(Math.Round(cause.Requests))} because {cause.Cause}{For(cause)}"));
            yield return $"At {Seconds(impact.AtSeconds)}, {impact.Event} cost {Format.Count(Math.Round(impact.Failed))}{interval} of {Format.Count(Math.Round(requests))} requests: {causes}.";
        }
    }

    private static string For(ImpactCause cause) => cause.Seconds > 0 ? $" (for up to {Format.Digits(cause.Seconds)} s)" : "";

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s");
}
