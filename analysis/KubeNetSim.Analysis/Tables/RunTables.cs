namespace KubeNetSim.Analysis.Tables;

/// <summary>The results of a run as tables, for text and for pages alike; those that have nothing to say are empty.</summary>
internal static class RunTables
{
    /// <summary>Backends listed for each workload; a longer list is cut at both ends.</summary>
    private const int MostBackends = 8;

    /// <summary>Nodes are listed when their packet cores are busier than this.</summary>
    private const double NotableShare = 0.5;

    private const int BarWidth = 20;

    private const string KeptConnections = "a backend is chosen for a connection: all requests of a kept one go to the same";

    /// <summary>All that hold something, in the order of a report.</summary>
    public static IEnumerable<TextTable> All(RunResults results) =>
        new[] { Workloads(results), Failures(results), ImpactTables.Of(results), Breakdown(results), Backends(results), Skews(results), BusyNodes(results), Costs(results) }
            .Where(table => !table.IsEmpty);

    /// <summary>Every workload: requests, latency, the way they took.</summary>
    public static TextTable Workloads(RunResults results)
    {
        TextTable table = new("WORKLOAD", "PATH", "REQUESTS>", "FAILED>", "MEAN>", "±95%>", "P50>", "P99>", "HOPS>", "CROSS-NODE>", "CROSS-ZONE>", "CLIENT-IP");
        foreach (WorkloadResult workload in results.Workloads)
        {
            LatencyResult? latency = workload.LatencyMs;
            string interval = workload.LatencyIntervalsMs is { } intervals ? Format.Duration((intervals.Mean[1] - intervals.Mean[0]) / 2) : "-";
            table.Add(
                workload.Name, workload.Path, Format.Count(workload.Requests), Format.Count(workload.Failed.Total),
                latency is not null ? Format.Duration(latency.Mean) : workload.Succeeded > 0 ? "grows" : "-", interval,
                latency is null ? "-" : Format.Duration(latency.P50), latency is null ? "-" : Format.Duration(latency.P99),
                workload.Succeeded == 0 ? "-" : Format.Digits(workload.HopsMean),
                workload.Succeeded == 0 ? "-" : Format.Share(workload.CrossNodeShare), workload.Succeeded == 0 ? "-" : Format.Share(workload.CrossZoneShare),
                workload.Succeeded == 0 ? "-" : workload.ClientIPPreserved switch { true => "kept", false => "lost", null => "mixed" });
        }
        return table;
    }

    /// <summary>Workloads that had failures, by kind.</summary>
    public static TextTable Failures(RunResults results)
    {
        TextTable table = new("FAILURES OF", "REFUSED>", "DROPPED>", "TIMED-OUT>", "OVERFLOWED>", "UNRESOLVED>");
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Failed.Total > 0))
            table.Add(
                workload.Name, Format.Count(workload.Failed.Refused), Format.Count(workload.Failed.Dropped), Format.Count(workload.Failed.TimedOut),
                Format.Count(workload.Failed.Overflowed), Format.Count(workload.Failed.Unresolved));
        return table;
    }

    /// <summary>Where the mean time went.</summary>
    public static TextTable Breakdown(RunResults results)
    {
        TextTable table = new("WHERE TIME WENT", "DNS>", "CONNECT>", "LB>", "RULES>", "NETWORK>", "QUEUE>", "SERVICE>", "RULES/CONNECTION>");
        foreach (WorkloadResult workload in results.Workloads)
            if (workload.BreakdownMs is { } mean)
                table.Add(
                    workload.Name, Format.Duration(mean.Dns), Format.Duration(mean.Connect), Format.Duration(mean.LoadBalancer), Format.Duration(mean.Rules),
                    Format.Duration(mean.Network), Format.Duration(mean.Queue), Format.Duration(mean.Service), Format.Digits(workload.RulesPerConnection));
        return table;
    }

    /// <summary>The load on each backend; of many, the ends of the ranking.</summary>
    public static TextTable Backends(RunResults results)
    {
        TextTable table = new("WORKLOAD", "BACKEND", "NODE", "ZONE", "REQUESTS>", "SHARE>", "LOAD", "NOTE");
        int hidden = 0;
        int unlisted = 0;
        bool gathers = false;
        bool varies = false;
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Succeeded > 0 && workload.Backends.Length > 0))
        {
            BackendRecord[] backends = [.. workload.Backends];
            unlisted += workload.UnlistedBackends;
            Balance balance = new(results, workload);
            varies |= balance.VariesByReplication;
            long most = Math.Max(1, backends.Max(backend => backend.Requests));
            if (backends.Length > MostBackends)
            {
                hidden += backends.Length - MostBackends;
                backends = [.. backends.OrderByDescending(backend => backend.Requests)];
                backends = [.. backends[..(MostBackends / 2)], .. backends[^(MostBackends / 2)..]];
            }
            foreach (BackendRecord backend in backends)
            {
                string note = balance.Note(backend);
                gathers |= note.Length > 0 && !balance.VariesByReplication && workload.Connections < workload.Succeeded;
                table.Add(
                    workload.Name, backend.Pod, backend.Node, backend.Zone, Format.Count(backend.Requests),
                    Format.Share((double)backend.Requests / workload.Succeeded), new string('#', (int)Math.Round(BarWidth * (double)backend.Requests / most)), note);
            }
        }
        table.Note = string.Join("; ",
            new[]
            {
                hidden == 0 ? "" : $"{Format.Count(hidden)} between the busiest and the idlest are left out",
                unlisted == 0 ? "" : $"{Format.Count(unlisted)} that got nothing are left out",
                gathers ? KeptConnections : "",
                varies ? "varies: sums over the replications; each replication loads another backend most, see the next table" : "",
            }.Where(note => note.Length > 0));
        return table;
    }

    /// <summary>The load of the busiest backend within each replication, of workloads whose backends are loaded unevenly.</summary>
    public static TextTable Skews(RunResults results)
    {
        TextTable table = new("SKEW OF", "BACKENDS>", "BUSIEST SHARE>", "LEAST>", "MOST>", "IDLE BACKENDS>", "EVEN SHARE>");
        foreach (WorkloadResult workload in results.Workloads)
            if (workload.Skew is { } skew && workload.Backends.Length > 1 && new Balance(results, workload) is { IsSkewed: true } balance)
                table.Add(
                    workload.Name, Format.Count(workload.Backends.Length + workload.UnlistedBackends), Format.Share(skew.BusiestShare),
                    Format.Share(skew.BusiestShareRange[0]), Format.Share(skew.BusiestShareRange[1]), Idle(skew), Format.Share(balance.EvenShare));
        table.Note = "within each replication: mean, smallest and largest share of its busiest backend, and backends without any request";
        return table;
    }

    private static string Idle(SkewResult skew) => skew.IdleBackendsRange[0] == skew.IdleBackendsRange[1]
        ? Format.Count(skew.IdleBackends) : $"{Format.Digits(skew.IdleBackends)} ({Format.Count(skew.IdleBackendsRange[0])} to {Format.Count(skew.IdleBackendsRange[1])})";

    /// <summary>Nodes whose packet cores are busy.</summary>
    public static TextTable BusyNodes(RunResults results)
    {
        TextTable table = new("BUSY NODE", "ZONE", "NEW CONNECTIONS>", "RULES EVALUATED>", "PACKET CORES>", "OF IT RULES>");
        foreach (NodeResult node in results.Nodes.Where(node => node.PacketShare >= NotableShare).OrderByDescending(node => node.PacketShare).Take(MostBackends))
            table.Add(node.Name, node.Zone, Format.Count(node.NewConnections), Format.Count(node.RulesEvaluated), Format.Share(node.PacketShare), Format.Share(node.RuleShare));
        return table;
    }

    /// <summary>The bill of a month.</summary>
    public static TextTable Costs(RunResults results)
    {
        TextTable table = new("COST", "QUANTITY>", "UNIT", "UNIT PRICE>", $"{results.Cost?.Currency} A MONTH>");
        if (results.Cost is not { } cost)
            return table;
        foreach (CostItem item in cost.Items)
            table.Add(item.What, Format.Amount(item.Quantity), item.Unit, Format.Plain(item.UnitPrice), Format.Money(item.Monthly));
        table.Add("all together", "", "", "", Format.Money(cost.Monthly));
        table.Note = $"list prices of {cost.PriceSheet}, as of {cost.AsOf}; traffic scaled to a month of {MonthlyBill.HoursPerMonth} hours";
        return table;
    }
}
