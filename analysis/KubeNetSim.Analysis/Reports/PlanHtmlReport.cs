namespace KubeNetSim.Analysis.Reports;

/// <summary>The answer of a plan as one page that needs nothing else. The same answer gives the same bytes.</summary>
public static class PlanHtmlReport
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The answer.</param>
    public static void Write(TextWriter writer, PlanResult result)
    {
        string title = result.Question.Length > 0 ? result.Question : result.Plan;
        Html.Open(writer, title);
        writer.Write($"<header>\n<p class=\"kind\">KubeNetSim · plan {Html.Text(result.Plan)}</p>\n<h1>{Html.Text(title)}</h1>\n");
        foreach (string sentence in PlanReport.Answer(result))
            writer.Write($"<p class=\"answer\">{Html.Text(sentence)}</p>\n");
        writer.Write("</header>\n");
        writer.Write(Html.Contents(("pictures", "In pictures"), ("settings", "Every setting that was simulated"), ("sure", "How sure this is")));
        writer.Write(Html.Heading("pictures", "In pictures") + HtmlFigure.Of(PlanFigure.Of(result)));
        writer.Write(Html.Heading("settings", "Every setting that was simulated") + Html.Table(PlanReport.Table(result)));
        writer.Write(Html.Heading("sure", "How sure this is"));
        writer.Write($"<p>Each setting was simulated until the one-sided bound of every objective was on one side of its limit, with {Format.Plain(100 * result.Confidence)}% confidence " +
            "(Student's t over the replications; each look at them gets its share of the error), or until no more replications were allowed. All settings use the same random numbers.</p>\n");
        Html.Close(writer);
    }
}
