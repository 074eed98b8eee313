using NUnit.Framework;

namespace KubeNetSim.Tests.Architecture;

/// <summary>Arrows between the folders of a project go one way, as they do between projects: a folder can be read and changed without those that use it.</summary>
internal sealed class FolderCircleTests
{
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

        Assert.That(circles, Is.Empty, () => string.Join("\n\n", circles.Select(folders.Explain)));
    }
}
