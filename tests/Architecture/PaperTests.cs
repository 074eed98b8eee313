using System.Text.RegularExpressions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Architecture;

/// <summary>Files and folders that the papers of the repository name exist.</summary>
internal sealed partial class PaperTests
{
    [TestCase("README.md")]
    [TestCase("CONTRIBUTING.md")]
    [TestCase("docs/architecture.md")]
    [TestCase("tests/README.md")]
    public void Every_path_in_a_paper_exists(string paper)
    {
        string text = File.ReadAllText(RepositoryRoot.Combine(paper));

        IEnumerable<string> missing = Paths().Matches(text).Select(match => match.Groups[1].Value).Distinct()
            .Where(path => !Path.Exists(RepositoryRoot.Combine(path)));

        Assert.That(missing, Is.Empty);
    }

    // Paths from the root, without wildcards.
    [GeneratedRegex(@"`((?:sim|scenarios|analysis|tests|docs|samples|bench)/[\w./-]+)`")]
    private static partial Regex Paths();
}
