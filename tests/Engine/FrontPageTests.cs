using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

/// <summary>The front page of the engine shows code that compiles, and what it prints.</summary>
internal sealed class FrontPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("sim", "KubeNetSim.Engine", "README.md"));

    private static readonly string Source = File.ReadAllText(RepositoryRoot.Combine("tests", "Engine", "FrontPage.cs"));

    [TestCase("events")]
    [TestCase("run")]
    [TestCase("processes")]
    public void The_page_shows_the_code_that_is_run(string part)
    {
        Assert.That(Page, Does.Contain($"```csharp\n{Snippet(part)}\n```"));
    }

    [Test]
    public void The_page_shows_what_the_code_prints()
    {
        Assert.That(Page, Does.Contain($"```text\n{Output(FrontPage.RunCounter)}```"));
        Assert.That(Page, Does.Contain($"```text\n{Output(FrontPage.RunMeetingRoom)}```"));
    }

    // Between its markers, without the indentation of the first line.
    private static string Snippet(string part)
    {
        string[] lines = Source.Split('\n');
        int first = Array.FindIndex(lines, line => line.Trim() == $"// <{part}>") + 1;
        int end = Array.FindIndex(lines, line => line.Trim() == $"// </{part}>");
        int indentation = lines[first].Length - lines[first].TrimStart().Length;
        return string.Join('\n', lines[first..end].Select(line => line.Length == 0 ? line : line[indentation..]));
    }

    private static string Output(Action<TextWriter> run)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        run(writer);
        return writer.ToString();
    }
}
