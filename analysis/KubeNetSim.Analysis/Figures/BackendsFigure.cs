using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>The share of its workload's requests that each backend answered, with the even share drawn in; of very many backends, how they spread around it.</summary>
internal static class BackendsFigure
{
    private const int RowHeight = 34;
    private const int AxisHeight = 96;
    // Of more, no projector shows every name.
    private const int MostBackends = 24;
    private const float NoteOffset = 10;

    public static Figure? Of(RunResults results)
    {
        ImmutableArray<Group> groups =
            [.. results.Workloads.Select((workload, index) => new Group(results, workload, index)).Where(group => group.Total > 0)];
        if (groups.IsEmpty)
            return null;
        if (groups.Sum(group => group.Workload.Backends.Length + group.Workload.UnlistedBackends) > MostBackends)
            return BackendSpreadFigure.Of(results, [.. groups.Select(group => (group.Workload, group.Series))]);
        return new Figure
        {
            Name = "backends",
            Title = "How requests spread over the backends",
            Description = "Share of requests by backend. " + string.Join(" ", groups.Select(Describe)),
            HowToRead = "Each bar is the share of a workload's requests that one backend answered. Were they spread evenly, all bars would end at the dotted line.",
            PlotHeight = AxisHeight + groups.Sum(group => group.Workload.Backends.Length + 1) * RowHeight,
            Draw = style => Draw(style, groups),
        };
    }

    private static Plot Draw(FigureStyle style, ImmutableArray<Group> groups)
    {
        Plot plot = Plots.Create(style);
        double largest = groups.Max(group => (double)group.Workload.Backends.Max(backend => backend.Requests) / group.Total) * 100;
        var rows = new List<(double, string)>();
        double y = 0;
        foreach (Group group in groups)
        {
            DrawGroup(plot, style, group, y, rows);
            y -= group.Workload.Backends.Length + 1;
        }
        float width = Plots.Rows(plot, style, rows);
        plot.Axes.Bottom.TickGenerator = Plots.Ticks(largest);
        plot.Axes.Bottom.Label.Text = "share of the workload's requests [%]; dotted: an even share";
        double limit = Plots.LimitFor(width, NoteOffset + 10, groups.SelectMany(group => group.Workload.Backends.Select(backend => (group.NotePlace(backend), Note(backend, group)))));
        plot.Axes.SetLimits(0, limit, y + 0.5, 0.6);
        return plot;
    }

    private static void DrawGroup(Plot plot, FigureStyle style, Group group, double top, List<(double, string)> rows)
    {
        double even = 100 * group.Balance.EvenShare;
        string heading = $"{group.Workload.Name} to {Targets(group.Workload)}{Within(group)}";
        Plots.Write(plot, heading, 0, top, Alignment.MiddleLeft, style.Ink, Plots.LabelSize, bold: true);
        for (int index = 0; index < group.Workload.Backends.Length; index++)
        {
            BackendRecord backend = group.Workload.Backends[index];
            double y = top - index - 1;
            double share = 100.0 * backend.Requests / group.Total;
            plot.Add.Bar(new Bar
            {
                Orientation = Orientation.Horizontal,
                Position = y,
                Value = share,
                Size = 0.7,
                FillColor = FigureStyle.Series(group.Series),
                LineWidth = 0,
            });
            Plots.Write(plot, Note(backend, group), group.NotePlace(backend), y, Alignment.MiddleLeft, style.Ink, Plots.TickSize).OffsetX = NoteOffset;
            rows.Add((y, NameWithin(group.Workload, backend)));
        }
        var line = plot.Add.Line(even, top - 0.5, even, top - group.Workload.Backends.Length - 0.5);
        line.Color = style.Ink;
        line.LineWidth = 2;
        line.LinePattern = LinePattern.Dotted;
    }

    private static string Note(BackendRecord backend, Group group)
    {
        string note = group.Balance.Note(backend);
        string percent = Format.Share((double)backend.Requests / group.Total);
        return note.Length == 0 ? percent : $"{percent}, {note}";
    }

    // Sums over replications look even where each replication loads another backend.
    private static string Within(Group group) => group.Balance.VariesByReplication && group.Workload.Skew is { } skew
        ? $"; in each replication the busiest answers {Format.Share(skew.BusiestShare)}" : "";

    // Pods of one namespace need not repeat it.
    private static string NameWithin(WorkloadResult workload, BackendRecord backend)
    {
        string prefix = backend.Pod[..(backend.Pod.IndexOf('/') + 1)];
        return workload.Backends.All(other => other.Pod.StartsWith(prefix, StringComparison.Ordinal)) ? backend.Pod[prefix.Length..] : backend.Pod;
    }

    private static string Targets(WorkloadResult workload) => $"{workload.Backends.Length} backend{(workload.Backends.Length == 1 ? "" : "s")}";

    private static string Describe(Group group)
    {
        BackendRecord busiest = group.Workload.Backends.MaxBy(backend => backend.Requests)!;
        return $"{group.Workload.Name}: the busiest of {group.Workload.Backends.Length} is {busiest.Pod} with " +
            $"{Format.Share((double)busiest.Requests / group.Total)}.";
    }

    private sealed record Group(RunResults Results, WorkloadResult Workload, int Series)
    {
        public Balance Balance { get; } = new(Results, Workload);

        public long Total { get; } = Workload.Backends.Sum(backend => backend.Requests);

        // A note that began before the line of the even share would be crossed by it.
        public double NotePlace(BackendRecord backend) => Math.Max(100.0 * backend.Requests / Total, 100 * Balance.EvenShare);
    }
}
