using NUnit.Framework;

namespace KubeNetSim.Tests.Architecture;

/// <summary>Arrows between the folders of a project go one way, as they do between projects: a folder can be read and changed without those that use it.</summary>
internal sealed class FolderCircleTests
{
    // What is still to be untangled. A circle that is gone leaves this list: the test says so.
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["scenarios/KubeNetSim.Checks"] = ["., Pitfalls"],
        ["analysis/KubeNetSim.Analysis"] = ["Costs, Figures, Formatting, Paths, Planning, Statistics, Sweeps, Tables"],
    };

    [TestCase("sim/KubeNetSim.Engine")]
    [TestCase("sim/KubeNetSim.Model")]
    [TestCase("sim/KubeNetSim.DataPlane")]
    [TestCase("sim/KubeNetSim.Measurements")]
    [TestCase("sim/KubeNetSim.Simulation")]
    [TestCase("scenarios/KubeNetSim.Scenarios")]
    [TestCase("scenarios/KubeNetSim.Checks")]
    [TestCase("scenarios/KubeNetSim.Experiments")]
    [TestCase("scenarios/KubeNetSim.Cli")]
    [TestCase("analysis/KubeNetSim.Analysis")]
    public void Folders_of_a_project_do_not_use_each_other_in_circles(string project)
    {
        Folders folders = new(project);
        IReadOnlyList<string> circles = folders.Circles();
        string[] known = Known.GetValueOrDefault(project) ?? [];

        Assert.Multiple(() =>
        {
            Assert.That(circles.Except(known), Is.Empty, () => string.Join("\n\n", circles.Except(known).Select(folders.Explain)));
            Assert.That(known.Except(circles), Is.Empty, "these circles are gone: remove them from the list");
        });
    }
}
