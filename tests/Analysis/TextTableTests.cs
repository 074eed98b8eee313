using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class TextTableTests
{
    [Test]
    public void Columns_stand_three_spaces_apart_numbers_to_the_right()
    {
        var table = new TextTable("NAME", "READY>", "STATUS");
        table.Add("echo", "1", "Running");
        table.Add("echo-server-0", "10", "Pending");

        Assert.That(Text(table), Is.EqualTo(
            "NAME            READY   STATUS\n" +
            "echo                1   Running\n" +
            "echo-server-0      10   Pending\n"));
    }

    [Test]
    public void A_row_of_the_wrong_length_is_refused() =>
        Assert.That(() => new TextTable("One", "Two").Add("1"), Throws.ArgumentException);

    private static string Text(TextTable table)
    {
        var writer = new StringWriter { NewLine = "\n" };
        table.Write(writer);
        return writer.ToString();
    }
}
