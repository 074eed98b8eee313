using System.Globalization;
using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>Draws the figures of a run, as PNG and SVG.</summary>
public static class RunFigures
{
    private const int Width = 1_000;

    /// <summary>Writes all figures into a folder that exists: breakdown, latency and backends, each as .png and .svg.</summary>
    /// <param name="results">What to draw.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="style">For which page.</param>
    public static void Write(RunResults results, string folder, FigureStyle style)
    {
        if (results.Workloads.All(workload => workload.Succeeded == 0))
            return;
        string source = string.Create(CultureInfo.InvariantCulture,
            $"{results.Scenario}, {results.ProxyMode}, {results.Cluster.Services:N0} Services, {results.Replications} x {results.SimulatedSeconds:0.###} s, seed {results.Seed}; KubeNetSim {results.Version}");
        int workloads = results.Workloads.Count(workload => workload.Succeeded > 0);
        int backends = results.Workloads.Sum(workload => Math.Min(40, workload.Backends.Length));
        Save(BreakdownFigure.Draw(results, style, source), folder, "breakdown", 190 + (60 * workloads));
        Save(LatencyFigure.Draw(results, style, source), folder, "latency", 520);
        Save(BackendFigure.Draw(results, style, source), folder, "backends", 190 + (26 * backends));
    }

    private static void Save(Plot plot, string folder, string name, int height)
    {
        plot.SavePng(Path.Combine(folder, name + ".png"), Width, height);
        plot.SaveSvg(Path.Combine(folder, name + ".svg"), Width, height);
    }
}
