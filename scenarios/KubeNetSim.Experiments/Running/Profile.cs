using System.Diagnostics;
using System.Globalization;

namespace KubeNetSim.Experiments.Running;

/// <summary>What a run does, one after the other.</summary>
public enum Stage
{
    /// <summary>Reading and validating the files.</summary>
    Load,

    /// <summary>What controllers make of the objects.</summary>
    Derive,

    /// <summary>Tables for routing, clients and targets.</summary>
    Compile,

    /// <summary>The replications, and the one that finds the warm-up; each sets up its nodes' rules itself.</summary>
    Simulate,

    /// <summary>Statistics, and the bill.</summary>
    Analyse,

    /// <summary>Tables, figures, pages.</summary>
    Render,
}

/// <summary>Where the wall time of a run went, from when this was made.</summary>
/// <param name="clock">The clock it goes by.</param>
public sealed class Profile(TimeProvider clock)
{
    private const double BytesPerMegabyte = 1e6;

    private readonly long _start = clock.GetTimestamp();
    private readonly TimeSpan[] _times = new TimeSpan[Enum.GetValues<Stage>().Length];
    private readonly long[] _peaks = new long[Enum.GetValues<Stage>().Length];

    /// <summary>Does a stage, or a further part of it.</summary>
    public T Measure<T>(Stage stage, Func<T> work)
    {
        long start = clock.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            _times[(int)stage] += clock.GetElapsedTime(start);
            using Process process = Process.GetCurrentProcess();
            _peaks[(int)stage] = process.PeakWorkingSet64;
        }
    }

    /// <summary>Prints a line for each stage, and what was simulated in a second of wall time.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="requests">Requests that started in all replications.</param>
    /// <param name="events">Events that the engine ran in them.</param>
    public void Write(TextWriter writer, long requests, long events)
    {
        TimeSpan all = clock.GetElapsedTime(_start);
        TextTable table = new("STAGE", "SECONDS>", "SHARE>", "PEAK MEMORY>");
        foreach (Stage stage in Enum.GetValues<Stage>())
            Add(stage.ToString().ToLowerInvariant(), _times[(int)stage], Megabytes(_peaks[(int)stage]));
        TimeSpan measured = _times.Aggregate((one, other) => one + other);
        Add("other", all - measured, "");
        Add("all", all, Megabytes(_peaks.Max()));
        table.Write(writer);
        double seconds = _times[(int)Stage.Simulate].TotalSeconds;
        if (seconds > 0)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"simulate: {requests / seconds:N0} requests/s, {events / seconds:N0} events/s"));

        void Add(string name, TimeSpan time, string peak) =>
            table.Add(name, time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture), (all > TimeSpan.Zero ? time / all : 0).ToString("P0", CultureInfo.InvariantCulture), peak);
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / BytesPerMegabyte:N0} MB");
}
