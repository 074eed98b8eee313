using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A figure: what stands around the plot, and how the plot is drawn.</summary>
internal sealed record Figure
{
    /// <summary>Name of its files, without an ending.</summary>
    public required string Name { get; init; }

    /// <summary>Its subject, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows, for people who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>How to read it, in a sentence or two for somebody who has never seen one; a page shows this below it.</summary>
    public string HowToRead { get; init; } = "";

    /// <summary>What the colours mean; empty where the plot itself says so.</summary>
    public ImmutableArray<LegendEntry> Legend { get; init; } = [];

    /// <summary>How sure its numbers are, in a few words for the source line; empty where it says nothing of that.</summary>
    public string Sureness { get; init; } = "";

    /// <summary>Height of the plot [px].</summary>
    public required int PlotHeight { get; init; }

    /// <summary>Draws the plot, without title and legend.</summary>
    public required Func<FigureStyle, Plot> Draw { get; init; }

    /// <summary>Further plots below the first, each of its own height [px].</summary>
    public ImmutableArray<Panel> Below { get; init; } = [];
}

/// <summary>A plot below another one.</summary>
/// <param name="Height">Its height [px].</param>
/// <param name="Draw">Draws it.</param>
internal sealed record Panel(int Height, Func<FigureStyle, Plot> Draw);

/// <summary>What a colour means.</summary>
/// <param name="Label">The thing.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Round">How often the colours had come before it; where they come again, line patterns differ, and so does the mark.</param>
internal sealed record LegendEntry(string Label, Color Color, int Round = 0)
{
    /// <summary>The entry of the series at an index.</summary>
    public static LegendEntry OfSeries(string label, int index) => new(label, FigureStyle.Series(index), FigureStyle.Round(index));
}
