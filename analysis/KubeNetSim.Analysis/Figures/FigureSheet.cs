using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using SkiaSharp;

namespace KubeNetSim.Analysis.Figures;

/// <summary>Lays a figure out on a page to be read on a projector: title, subtitle, legend, plot and a source line.</summary>
internal sealed partial class FigureSheet
{
    public const int Width = 1280;
    private const int Margin = 32;
    private const int TextWidth = Width - 2 * Margin;
    private const int LegendLine = 30;
    private const int Swatch = 18;
    private const int SourceHeight = 44;
    private readonly Figure _figure;
    private readonly FigureStyle _style;
    private readonly string _subtitle;
    private readonly string _source;
    private readonly bool _isFramed = true;

    /// <summary>A figure on its own: framed by its title, a subtitle and where it comes from.</summary>
    public FigureSheet(Figure figure, FigureStyle style, string subtitle, string source) =>
        (_figure, _style, _subtitle, _source) = (figure, style, subtitle, source);

    /// <summary>A figure inside a page that says title and source itself.</summary>
    public FigureSheet(Figure figure) : this(figure, FigureStyle.Inline, "", "") => _isFramed = false;

    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height()));
        Draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public string Svg()
    {
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height()), stream))
            Draw(canvas);
        // Skia ends its lists of numbers with a comma, which SVG does not allow.
        string svg = Renumber(Encoding.UTF8.GetString(stream.ToArray()).Replace(", \"", "\""));
        // Verdana has the widths of DejaVu, and is found where DejaVu is not.
        return svg.Replace($"font-family=\"{FigureFonts.Name}\"", $"font-family=\"{FigureFonts.Name}, Verdana, sans-serif\"");
    }

    /// <summary>A drawing to stand inside a page: as wide as its place, in the page's colours, and described for those who cannot see it.</summary>
    public string InlineSvg()
    {
        string svg = Svg();
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]
            .Replace($"width=\"{Width}\" height=\"{Height()}\">", $"viewBox=\"0 0 {Width} {Height()}\" role=\"img\" aria-label=\"{Html.Text(_figure.Description)}\">");
        foreach (string paint in (string[])["fill", "stroke"])
        {
            svg = svg.Replace($"{paint}=\"{FigureStyle.Inline.Background}\"", $"{paint}=\"none\"")
                .Replace($"{paint}=\"{FigureStyle.Inline.Foreground}\"", $"{paint}=\"currentColor\"")
                .Replace($"{paint}=\"{FigureStyle.Inline.Muted}\"", $"{paint}=\"currentColor\" {paint}-opacity=\"0.75\"")
                .Replace($"{paint}=\"{FigureStyle.Inline.Faint}\"", $"{paint}=\"currentColor\" {paint}-opacity=\"0.2\"");
        }
        return svg;
    }

    // Skia numbers clip paths on through the life of the process; numbered from 1 by figure, equal drawings are equal bytes.
    private string Renumber(string svg)
    {
        var numbers = new Dictionary<string, int>();
        return ClipName().Replace(svg, match =>
        {
            if (!numbers.TryGetValue(match.Value, out int number))
                numbers.Add(match.Value, number = numbers.Count + 1);
            return $"{_figure.Name}-clip-{number}";
        });
    }

    [GeneratedRegex(@"(?<=id=""|url\(#)cl_[0-9a-f]+")]
    private static partial Regex ClipName();

    private int Height() => (int)Header(null) + _figure.PlotHeight + _figure.Below.Sum(panel => panel.Height) + (_isFramed ? SourceHeight : 0);

    private void Draw(SKCanvas canvas)
    {
        canvas.Clear(_style.Page.ToSKColor());
        int top = (int)Header(canvas);
        foreach (Panel panel in (ReadOnlySpan<Panel>)[new(_figure.PlotHeight, _figure.Draw), .. _figure.Below])
        {
            using Plot plot = panel.Draw(_style);
            plot.RenderManager.ClearCanvasBeforeEachRender = false;
            Settle(plot, panel.Height);
            plot.Render(canvas, new PixelRect(0, Width, top + panel.Height, top));
            top += panel.Height;
        }
        if (_isFramed)
            Write(canvas, _source, Height() - 16, 15, FigureFonts.Regular, _style.SmallPrint);
    }

    // ScottPlot draws a plot again whose limits were new to it: the first time must not leave everything twice on the canvas.
    private static void Settle(Plot plot, int height)
    {
        using SKCanvas nowhere = new SKNoDrawCanvas(Width, height);
        plot.Render(nowhere, new PixelRect(0, Width, height, 0));
    }

    // Measures where there is no canvas, so that measuring and drawing cannot differ.
    private float Header(SKCanvas? canvas)
    {
        if (!_isFramed)
            return _figure.Legend.IsEmpty ? 4 : Legend(canvas, 24) + 14;
        float y = 22;
        y = Write(canvas, _figure.Title, y + 30, 30, FigureFonts.Bold, _style.Ink);
        y = Write(canvas, _subtitle, y + 32, 20, FigureFonts.Regular, _style.SmallPrint);
        return (_figure.Legend.IsEmpty ? y : Legend(canvas, y + 36)) + 18;
    }

    private float Legend(SKCanvas? canvas, float y)
    {
        using var font = new SKFont(FigureFonts.Regular, 19) { Subpixel = true };
        float x = Margin;
        foreach (LegendEntry entry in _figure.Legend)
        {
            float width = Swatch + 8 + font.MeasureText(entry.Label);
            if (x > Margin && x + width > Margin + TextWidth)
                (x, y) = (Margin, y + LegendLine);
            if (canvas is not null)
            {
                using var fill = new SKPaint { Color = entry.Color.ToSKColor(), IsAntialias = true };
                using var ink = new SKPaint { Color = _style.Ink.ToSKColor(), IsAntialias = true };
                // A square; one of stripes where a line is dashed or dotted.
                float stripe = (float)Swatch / (2 * entry.Round + 1);
                for (int number = 0; number <= entry.Round; number++)
                    canvas.DrawRect(x + 2 * number * stripe, y - Swatch + 3, stripe, Swatch, fill);
                canvas.DrawText(entry.Label, x + Swatch + 8, y, SKTextAlign.Left, font, ink);
            }
            x += width + 28;
        }
        return y;
    }

    private static float Write(SKCanvas? canvas, string text, float y, float size, SKTypeface typeface, Color color)
    {
        using var font = new SKFont(typeface, size) { Subpixel = true };
        using var paint = new SKPaint { Color = color.ToSKColor(), IsAntialias = true };
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > TextWidth)
            {
                canvas?.DrawText(line, Margin, y, SKTextAlign.Left, font, paint);
                y += size * 1.25f;
                line = word;
            }
            else
            {
                line = longer;
            }
        }
        canvas?.DrawText(line, Margin, y, SKTextAlign.Left, font, paint);
        return y;
    }
}
