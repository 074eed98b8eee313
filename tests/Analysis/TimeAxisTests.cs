using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class TimeAxisTests
{
    [Test]
    public void No_line_of_an_event_crosses_the_words_of_another()
    {
        TimeAxis axis = Axis([.. Enumerable.Range(0, 25).Select(number => new TimelineMark(number * 7 % 60, $"event number {number}"))]);

        foreach (TimeNote note in axis.Notes)
        {
            double end = note.At + (Plots.Measure(note.Text, Plots.TickSize) + TimeNote.Indent) * axis.PerPixel;
            // The line of a note leads from its own row down to the plots.
            Assert.That(axis.Notes.Where(other => other.Row < note.Row && other.At > note.At && other.At < end), Is.Empty, note.Text);
        }
    }

    [Test]
    public void Events_at_one_time_share_a_line_and_every_event_has_one()
    {
        TimeAxis axis = Axis([new TimelineMark(20, "scale a to 1"), new TimelineMark(20, "scale b to 2"), new TimelineMark(50, "node fails")]);

        Assert.That(axis.Marks, Is.EqualTo((double[])[20, 50]));
        Assert.That(axis.Notes.Select(note => note.Text), Is.EqualTo((string[])["scale a to 1, scale b to 2", "node fails"]));
    }

    private static TimeAxis Axis(TimelineMark[] marks) => TimeAxis.Of(Gallery.Series(Gallery.Results, 60) with { Events = [.. marks] }, warmupSeconds: 5, isNamed: true);
}
