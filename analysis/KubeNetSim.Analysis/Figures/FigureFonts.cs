using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace KubeNetSim.Analysis.Figures;

/// <summary>
/// The font of all figures, carried along: without an installed font a figure would have no text at all, and with another one it would be
/// another picture. DejaVu Sans; its licence stands beside it.
/// </summary>
internal sealed class FigureFonts : IFontResolver
{
    /// <summary>Name that figures use it by; the one that browsers show the text of an SVG with.</summary>
    public const string Name = "DejaVu Sans";

    private static readonly Lazy<FigureFonts> Loaded = new(Register);

    private readonly SKTypeface _regular = Read("DejaVuSans.ttf");
    private readonly SKTypeface _bold = Read("DejaVuSans-Bold.ttf");

    /// <summary>The regular typeface.</summary>
    public static SKTypeface Regular => Loaded.Value._regular;

    /// <summary>The bold typeface.</summary>
    public static SKTypeface Bold => Loaded.Value._bold;

    /// <summary>Makes the font known to ScottPlot, once.</summary>
    public static void Load() => _ = Loaded.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName != Name ? null : bold ? _bold : _regular;

    private static FigureFonts Register()
    {
        FigureFonts fonts = new();
        Fonts.FontResolvers.Insert(0, fonts);
        Fonts.Default = Name;
        return fonts;
    }

    private static SKTypeface Read(string font)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(font)!;
        return SKTypeface.FromStream(resource);
    }
}
