using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>How figures look: for a light page or a dark one, in colours that color-blind people tell apart (Okabe and Ito, 2008).</summary>
public sealed record FigureStyle
{
    private static readonly ImmutableArray<Color> SeriesColors =
        [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9" }.Select(hex => Color.FromHex(hex))];

    // One hue, evenly darker: told apart by lightness alone, and not taken for a series or a stage.
    private static readonly ImmutableArray<Color> AmountColors =
        [.. new[] { "#E8E1F1", "#C9B8DF", "#A68CC8", "#8161AE", "#5B3A8C" }.Select(hex => Color.FromHex(hex))];

    private static readonly ImmutableArray<LinePattern> SeriesPatterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    private static readonly ImmutableArray<MarkerShape> SeriesMarkers = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp];

    /// <summary>For light pages.</summary>
    public static FigureStyle Light { get; } = new() { Background = "#FFFFFF", Foreground = "#1F2328", Muted = "#59636E", Faint = "#D0D7DE" };

    /// <summary>For dark pages.</summary>
    public static FigureStyle Dark { get; } = new() { Background = "#0D1117", Foreground = "#E6EDF3", Muted = "#9198A1", Faint = "#30363D" };

    /// <summary>For drawings inside a page: colours that nothing else has, which <see cref="FigureSheet.InlineSvg"/> gives over to the page.</summary>
    internal static FigureStyle Inline { get; } = new() { Background = "#FEFDFC", Foreground = "#1F2329", Muted = "#59636F", Faint = "#D0D7DF" };

    /// <summary>Colour of the page.</summary>
    public required string Background { get; init; }

    /// <summary>Colour of text and axes.</summary>
    public required string Foreground { get; init; }

    /// <summary>Colour of small print.</summary>
    public required string Muted { get; init; }

    /// <summary>Colour of grid lines.</summary>
    public required string Faint { get; init; }

    /// <summary>What its files' names end in, before their type.</summary>
    internal string Suffix => this == Dark ? "-dark" : "";

    internal Color Page => Color.FromHex(Background);

    internal Color Ink => Color.FromHex(Foreground);

    internal Color SmallPrint => Color.FromHex(Muted);

    internal Color Lines => Color.FromHex(Faint);

    /// <summary>The colour of the series at an index, the same in every figure. A thin yellow line on white is not seen, so there is none.</summary>
    internal static Color Series(int index) => SeriesColors[index % SeriesColors.Length];

    /// <summary>The color of money.</summary>
    internal static Color Money { get; } = Color.FromHex("#7A8FA6");

    /// <summary>The color of an amount, from light to dark: the more, the darker; what is beyond the last has its color.</summary>
    internal static Color Amount(int index) => AmountColors[Math.Min(index, AmountColors.Length - 1)];

    /// <summary>The line pattern of the series at an index: where colours come again, the pattern differs.</summary>
    internal static LinePattern Pattern(int index) => SeriesPatterns[Round(index)];

    /// <summary>How often all colours had been used before the series at an index.</summary>
    internal static int Round(int index) => index / SeriesColors.Length % SeriesPatterns.Length;

    /// <summary>The marker of the series at an index: where colours come again, it differs. (Skia writes no dashed lines into SVG.)</summary>
    internal static MarkerShape Marker(int index) => SeriesMarkers[Round(index)];

    /// <summary>What is readable on a colour: near black or white, whichever contrasts more (WCAG 2.2, relative luminance).</summary>
    internal static Color On(Color background) => Color.FromHex(Luminance(background) > 0.179 ? "#111111" : "#FFFFFF");

    private static double Luminance(Color color) => 0.2126 * Linear(color.R) + 0.7152 * Linear(color.G) + 0.0722 * Linear(color.B);

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
