namespace KubeNetSim.Experiments.Sweeps;

/// <summary>The folder that a sweep leaves: what it is, finished points, and, where all are finished, tables, figures and the page.</summary>
/// <param name="folder">Where it is.</param>
public sealed class SweepFolder(string folder)
{
    /// <summary>Path of the folder.</summary>
    public string Path => folder;

    /// <summary>The finished points.</summary>
    public SweepStore Store { get; } = new(System.IO.Path.Combine(folder, "points"));

    /// <summary>The folder where a sweep goes when nobody says where.</summary>
    public static string Default(string name) => System.IO.Path.Combine("results", ResultsFolder.FileName(name));

    /// <summary>Writes everything that is made of the results.</summary>
    /// <param name="description">What the sweep is.</param>
    /// <param name="table">Its results.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task WriteAsync(SweepDescription description, SweepTable table, CancellationToken cancellation)
    {
        WholeFile.WriteText(At("table.csv"), table.WriteCsv);
        using MemoryStream parquet = new();
        await SweepParquet.WriteAsync(parquet, table, cancellation).ConfigureAwait(false);
        WholeFile.Write(At("table.parquet"), file => file.Write(parquet.ToArray()));
        SweepFigures.Write(table, description, folder, FigureStyle.Light);
        WholeFile.WriteText(At("report.html"), page => SweepHtmlReport.Write(page, table, description));
    }

    private string At(string file) => System.IO.Path.Combine(folder, file);
}
