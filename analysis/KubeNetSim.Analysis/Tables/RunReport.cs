using System.Globalization;
using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>Prints the results of a run as tables.</summary>
public static class RunReport
{
    /// <summary>Backends listed for each workload; a longer list is cut at both ends.</summary>
    private const int MostBackends = 8;

    /// <summary>Nodes are listed when their packet cores are busier than this.</summary>
    private const double NotableShare = 0.5;

    private const int BarWidth = 20;

    /// <summary>Writes everything worth a look.</summary>
    public static void Write(TextWriter writer, RunResults results)
    {
        Head(writer, results);
        Workloads(writer, results);
        Failures(writer, results);
        Breakdown(writer, results);
        Backends(writer, results);
        BusyNodes(writer, results);
        Costs(writer, results);
        Footnotes(writer, results);
        foreach (string sentence in Conclusion.Sentences(results))
            writer.Write(sentence + "\n");
    }

    private static void Head(TextWriter writer, RunResults results)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (results.Question.Length > 0)
            writer.Write(results.Question + "\n\n");
        ClusterSize size = results.Cluster;
        writer.Write(string.Create(culture, $"{results.Scenario}: {size.Nodes} nodes, {size.Pods} pods, {size.Services:N0} Services, {results.ProxyMode}, cloud {results.Cloud}\n"));
        string warmup = results.WarmupSeconds > 0 ? string.Create(culture, $", the first {results.WarmupSeconds:0.###}s not measured") : "";
        writer.Write(string.Create(culture, $"{results.Replications} x {results.SimulatedSeconds:0.###}s simulated{warmup}, {results.Requests:N0} requests, seed {results.Seed}\n\n"));
    }

    private static void Workloads(TextWriter writer, RunResults results)
    {
        TextTable table = new("WORKLOAD", "PATH", "REQUESTS>", "FAILED>", "MEAN>", "±95%>", "P50>", "P99>", "HOPS>", "CROSS-NODE>", "CROSS-ZONE>", "CLIENT-IP");
        foreach (WorkloadResult workload in results.Workloads)
        {
            LatencyResult? latency = workload.LatencyMs;
            string interval = workload.LatencyIntervalsMs is { } intervals ? Format.Duration((intervals.Mean[1] - intervals.Mean[0]) / 2) : "-";
            table.Add(
                workload.Name, workload.Path, Format.Count(workload.Requests), Format.Count(workload.Failed.Total),
                latency is null ? "-" : Format.Duration(latency.Mean), interval,
                latency is null ? "-" : Format.Duration(latency.P50), latency is null ? "-" : Format.Duration(latency.P99),
                latency is null ? "-" : Format.Digits(workload.HopsMean),
                latency is null ? "-" : Format.Share(workload.CrossNodeShare), latency is null ? "-" : Format.Share(workload.CrossZoneShare),
                latency is null ? "-" : workload.ClientIPPreserved switch { true => "kept", false => "lost", null => "mixed" });
        }
        table.Write(writer);
        writer.Write("\n");
    }

    private static void Failures(TextWriter writer, RunResults results)
    {
        TextTable table = new("FAILURES OF", "REFUSED>", "DROPPED>", "TIMED-OUT>", "OVERFLOWED>", "UNRESOLVED>");
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Failed.Total > 0))
            table.Add(
                workload.Name, Format.Count(workload.Failed.Refused), Format.Count(workload.Failed.Dropped), Format.Count(workload.Failed.TimedOut),
                Format.Count(workload.Failed.Overflowed), Format.Count(workload.Failed.Unresolved));
        if (table.IsEmpty)
            return;
        table.Write(writer);
        writer.Write("\n");
    }

    private static void Breakdown(TextWriter writer, RunResults results)
    {
        TextTable table = new("WHERE TIME WENT", "DNS>", "CONNECT>", "LB>", "RULES>", "NETWORK>", "QUEUE>", "SERVICE>", "RULES/CONNECTION>");
        foreach (WorkloadResult workload in results.Workloads)
            if (workload.BreakdownMs is { } mean)
                table.Add(
                    workload.Name, Format.Duration(mean.Dns), Format.Duration(mean.Connect), Format.Duration(mean.LoadBalancer), Format.Duration(mean.Rules),
                    Format.Duration(mean.Network), Format.Duration(mean.Queue), Format.Duration(mean.Service), Format.Digits(workload.RulesPerConnection));
        if (table.IsEmpty)
            return;
        table.Write(writer);
        writer.Write("\n");
    }

    private static void Backends(TextWriter writer, RunResults results)
    {
        TextTable table = new("WORKLOAD", "BACKEND", "NODE", "ZONE", "REQUESTS>", "SHARE>", "LOAD", "NOTE");
        int hidden = 0;
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Succeeded > 0))
        {
            BackendRecord[] backends = [.. workload.Backends];
            double even = (double)backends.Sum(backend => backend.Requests) / backends.Length;
            long most = Math.Max(1, backends.Max(backend => backend.Requests));
            if (backends.Length > MostBackends)
            {
                hidden += backends.Length - MostBackends;
                backends = [.. backends.OrderByDescending(backend => backend.Requests)];
                backends = [.. backends[..(MostBackends / 2)], .. backends[^(MostBackends / 2)..]];
            }
            foreach (BackendRecord backend in backends)
                table.Add(
                    workload.Name, backend.Pod, backend.Node, backend.Zone, Format.Count(backend.Requests),
                    Format.Share((double)backend.Requests / workload.Succeeded), new string('#', (int)Math.Round(BarWidth * (double)backend.Requests / most)),
                    Balance.Note(backend.Requests, even));
        }
        if (table.IsEmpty)
            return;
        table.Write(writer);
        if (hidden > 0)
            writer.Write($"({hidden} backends between the busiest and the idlest are left out)\n");
        writer.Write("\n");
    }

    private static void BusyNodes(TextWriter writer, RunResults results)
    {
        TextTable table = new("BUSY NODE", "ZONE", "NEW CONNECTIONS>", "RULES EVALUATED>", "PACKET CORES>", "OF IT RULES>");
        foreach (NodeResult node in results.Nodes.Where(node => node.PacketShare >= NotableShare).OrderByDescending(node => node.PacketShare).Take(MostBackends))
            table.Add(node.Name, node.Zone, Format.Count(node.NewConnections), Format.Count(node.RulesEvaluated), Format.Share(node.PacketShare), Format.Share(node.RuleShare));
        if (table.IsEmpty)
            return;
        table.Write(writer);
        writer.Write("\n");
    }

    private static void Costs(TextWriter writer, RunResults results)
    {
        if (results.Cost is not { } cost)
            return;
        TextTable table = new("COST", "QUANTITY>", "UNIT", "UNIT PRICE>", $"{cost.Currency} A MONTH>");
        foreach (CostItem item in cost.Items)
            table.Add(item.What, Format.Amount(item.Quantity), item.Unit, Format.Plain(item.UnitPrice), Format.Money(item.Monthly));
        table.Add("all together", "", "", "", Format.Money(cost.Monthly));
        table.Write(writer);
        writer.Write($"(list prices of {cost.PriceSheet}, as of {cost.AsOf}; traffic scaled to a month of {MonthlyBill.HoursPerMonth} hours)\n\n");
    }

    private static void Footnotes(TextWriter writer, RunResults results)
    {
        foreach (string item in results.ClusterEvents.Take(10))
            writer.Write($"event: {item}\n");
        if (results.ClusterEvents.Length > 10)
            writer.Write($"event: ... and {results.ClusterEvents.Length - 10} more\n");
        if (results.Defaults.IsEmpty)
            return;
        writer.Write("Not said by the files, so assumed:\n");
        foreach (AssumptionResult taken in results.Defaults)
            writer.Write($"  {taken.What}: {taken.Value}\n");
        writer.Write("\n");
    }
}
