using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>A figure: what stands around the plot, and how the plot is drawn.</summary>
internal sealed record Figure
{
    /// <summary>Name of its files, without an ending.</summary>
    public required string Name { get; init; }

    /// <summary>Its subject, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows, for people who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>What the colours mean; empty where the plot itself says so.</summary>
    public ImmutableArray<LegendEntry> Legend { get; init; } = [];

    /// <summary>How sure its numbers are, in a few words for the source line; empty where it says nothing of that.</summary>
    public string Sureness { get; init; } = "";

    /// <summary>Height of the plot [px].</summary>
    public required int PlotHeight { get; init; }

    /// <summary>Draws the plot, without title and legend.</summary>
    public required Func<FigureStyle, Plot> Draw { get; init; }
}

/// <summary>What a colour means.</summary>
/// <param name="Label">The thing.</param>
/// <param name="Color">Its colour.</param>
internal sealed record LegendEntry(string Label, Color Color);
