using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Analysis.Figures;

/// <summary>Draws the figures of a run, as PNG and SVG. The same results give the same bytes, whatever fonts a machine has.</summary>
public static class RunFigures
{
    // In the order in which a reader wants them.
    private static readonly ImmutableArray<(string Name, Func<RunResults, Figure?> Of)> All =
    [
        ("breakdown", BreakdownFigure.Of),
        ("latency", LatencyFigure.Of),
        ("density", DensityFigure.Of),
        ("hops", HopsFigure.Of),
        ("backends", BackendsFigure.Of),
        ("time", TimeFigure.Of),
        (CostFigure.Name, CostFigure.Of),
    ];

    /// <summary>
    /// Writes all figures into a folder that exists: breakdown, latency, density, hops, backends, time and, where the cloud charges, costs, each as .png and
    /// .svg; for dark pages their names end in -dark. A figure for which the results hold nothing is left out, and what an earlier run left of it removed.
    /// </summary>
    /// <param name="results">What to draw.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="style">For which page.</param>
    /// <returns>The files written.</returns>
    public static ImmutableArray<string> Write(RunResults results, string folder, FigureStyle style)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        foreach ((string name, Func<RunResults, Figure?> of) in All)
        {
            string path = Path.Combine(folder, name + style.Suffix);
            if (of(results) is not { } figure)
            {
                DeleteFiles(path);
                continue;
            }
            FigureSheet sheet = Sheet(figure, results, style);
            WholeFile.Write(path + ".png", file => file.Write(sheet.Png()));
            WholeFile.Write(path + ".svg", sheet.Svg());
            files.Add(path + ".png");
            files.Add(path + ".svg");
        }
        return files.ToImmutable();
    }

    /// <summary>Removes the figures that a run left in a folder, for pages of any kind.</summary>
    public static void Delete(string folder)
    {
        foreach ((string name, _) in All)
            foreach (FigureStyle style in new[] { FigureStyle.Light, FigureStyle.Dark })
                DeleteFiles(Path.Combine(folder, name + style.Suffix));
    }

    /// <summary>The figures for which the results hold something, in the order in which a reader wants them.</summary>
    internal static IEnumerable<Figure> Of(RunResults results) => All.Select(item => item.Of(results)).OfType<Figure>();

    internal static FigureSheet Sheet(Figure figure, RunResults results, FigureStyle style) =>
        new(figure, style, results.Question.Length > 0 ? results.Question : results.Scenario, Source(results));

    private static void DeleteFiles(string path)
    {
        File.Delete(path + ".png");
        File.Delete(path + ".svg");
    }

    private static string Source(RunResults results) => string.Create(CultureInfo.InvariantCulture,
        $"KubeNetSim {results.Version.Split('+')[0]} · {results.Scenario} · kube-proxy {results.ProxyMode} · {results.Cluster.Nodes:N0} nodes, " +
        $"{results.Cluster.Services:N0} Services · {results.Replications} x {results.SimulatedSeconds:0.###} s · seed {results.Seed}");
}
