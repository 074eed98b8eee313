using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Figures;

/// <summary>The axis of time that the plots of a run share, and what stands across all of them.</summary>
/// <param name="IntervalSeconds">Time between two points [s].</param>
/// <param name="Intervals">Points.</param>
/// <param name="WarmupSeconds">Shaded from the start [s].</param>
/// <param name="Right">Room for names at the right of the plots [px].</param>
/// <param name="Marks">Where events stand [s].</param>
/// <param name="Notes">What they were, above the first plot.</param>
internal sealed record TimeAxis(
    double IntervalSeconds, int Intervals, double WarmupSeconds, float Right, ImmutableArray<double> Marks, ImmutableArray<TimeNote> Notes)
{
    /// <summary>Room for ticks at the left [px].</summary>
    public const float Left = 96;

    private const int MostRows = 6;
    private const int LongestName = 22;
    private const int LongestNote = 60;

    /// <summary>End of the axis [s].</summary>
    public double End => IntervalSeconds * Intervals;

    /// <summary>Rows that the notes take.</summary>
    public int NoteRows => Notes.Select(note => note.Row + 1).DefaultIfEmpty().Max();

    /// <summary>Seconds that a pixel is wide.</summary>
    public double PerPixel => End / (FigureSheet.Width - Left - Right);

    /// <summary>The axis for a run.</summary>
    public static TimeAxis Of(SeriesResult series, double warmupSeconds, bool isNamed)
    {
        IEnumerable<string> names = series.Nodes.Take(2).Select(node => $"{node.Name}, the busiest").Concat(isNamed ? series.Workloads.Select(workload => workload.Name) : []);
        float right = 60 + names.Select(name => Plots.Measure(Name(name), Plots.TickSize)).DefaultIfEmpty().Max();
        TimeAxis axis = new(series.IntervalSeconds, series.Workloads[0].Throughput.Length, warmupSeconds, right, [], []);
        (double At, string What)[] events =
            [.. series.Events.GroupBy(item => item.AtSeconds).OrderBy(group => group.Key).Select(group => (group.Key, string.Join(", ", group.Select(item => item.What))))];
        return axis with { Marks = [.. events.Select(item => item.At)], Notes = axis.Place(events) };
    }

    /// <summary>A name as it stands at the right.</summary>
    public static string Name(string name) => Plots.Shorten(name, LongestName);

    // Each in the highest row where it has room and where its line, which goes down to the plots, crosses no other text. One that finds none is left to the text
    // of the page.
    private ImmutableArray<TimeNote> Place((double At, string What)[] events)
    {
        double[] taken = new double[MostRows];
        Array.Fill(taken, double.NegativeInfinity);
        var notes = ImmutableArray.CreateBuilder<TimeNote>();
        foreach ((double at, string what) in events)
        {
            int row = Array.FindLastIndex(taken, end => end > at) + 1;
            if (row == MostRows)
                continue;
            string text = Fit(what, (End - at) / PerPixel + Right);
            taken[row] = at + (Plots.Measure(text, Plots.TickSize) + 2 * TimeNote.Indent) * PerPixel;
            notes.Add(new TimeNote(at, row, text));
        }
        return notes.ToImmutable();
    }

    private static string Fit(string text, double width)
    {
        int letters = LongestNote;
        while (letters > 3 && Plots.Measure(Plots.Shorten(text, letters), Plots.TickSize) + TimeNote.Indent > width)
            letters--;
        return Plots.Shorten(text, letters);
    }
}

/// <summary>What an event was.</summary>
/// <param name="At">When it happened [s].</param>
/// <param name="Row">In which row above the plots it stands, from the top.</param>
/// <param name="Text">What happened.</param>
internal sealed record TimeNote(double At, int Row, string Text)
{
    /// <summary>From its line to its text [px].</summary>
    public const float Indent = 8;
}
