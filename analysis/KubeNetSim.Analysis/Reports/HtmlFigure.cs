namespace KubeNetSim.Analysis.Reports;

/// <summary>A figure in a page.</summary>
internal static class HtmlFigure
{
    /// <summary>A drawing with its title above it and how to read it below.</summary>
    public static string Of(Figure figure) =>
        $"<figure>\n<h3>{Html.Text(figure.Title)}</h3>\n<div class=\"drawing\">\n{new FigureSheet(figure).InlineSvg()}\n</div>\n" +
        (figure.HowToRead.Length > 0 ? $"<figcaption>{Html.Text(figure.HowToRead)}</figcaption>\n" : "") + "</figure>\n";
}
