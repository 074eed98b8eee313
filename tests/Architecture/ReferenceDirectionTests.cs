using System.Xml.Linq;
using NUnit.Framework;

namespace KubeNetSim.Tests.Architecture;

/// <summary>Data flows one way, and the project files say so: what a project may reference is listed here and nowhere else.</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["KubeNetSim.Engine"] = [],
        ["KubeNetSim.Model"] = [],
        ["KubeNetSim.Measurements"] = [],
        ["KubeNetSim.DataPlane"] = ["KubeNetSim.Model"],
        ["KubeNetSim.Simulation"] = ["KubeNetSim.DataPlane", "KubeNetSim.Engine", "KubeNetSim.Measurements", "KubeNetSim.Model"],
        ["KubeNetSim.Scenarios"] = ["KubeNetSim.Model"],
        ["KubeNetSim.Analysis"] = ["KubeNetSim.Measurements", "KubeNetSim.Model"],
        ["KubeNetSim.Checks"] = ["KubeNetSim.Analysis", "KubeNetSim.Simulation"],
        ["KubeNetSim.Experiments"] = ["KubeNetSim.Analysis", "KubeNetSim.Scenarios", "KubeNetSim.Simulation"],
        ["KubeNetSim.Cli"] = ["KubeNetSim.Analysis", "KubeNetSim.Checks", "KubeNetSim.Experiments", "KubeNetSim.Scenarios", "KubeNetSim.Simulation"],
    };

    [TestCaseSource(nameof(Products))]
    public void A_project_references_only_what_lies_upstream_of_it(string project)
    {
        Assert.That(References(project), Is.SubsetOf(Allowed[Path.GetFileNameWithoutExtension(project)]));
    }

    [Test]
    public void Every_product_has_its_directions_listed()
    {
        IEnumerable<string> names = Products().Select(project => Path.GetFileNameWithoutExtension(project));

        Assert.That(names, Is.EquivalentTo(Allowed.Keys));
    }

    [Test]
    public void Only_the_simulation_and_what_stands_above_it_use_the_engine()
    {
        IEnumerable<string?> users = Products().Where(project => References(project).Contains("KubeNetSim.Engine"))
            .Select(Path.GetFileNameWithoutExtension);

        Assert.That(users, Is.EqualTo(["KubeNetSim.Simulation"]));
    }

    [Test]
    public void Every_project_is_part_of_the_solution()
    {
        string solution = File.ReadAllText(RepositoryRoot.Combine("KubeNetSim.sln")).Replace('\\', '/');

        foreach (string project in Projects("sim", "scenarios", "analysis", "tests"))
            Assert.That(solution, Does.Contain(project), project);
    }

    [Test]
    public void No_project_chooses_its_own_package_versions()
    {
        IEnumerable<string> versioned = Projects("sim", "scenarios", "analysis", "tests")
            .Where(project => Load(project).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null));

        Assert.That(versioned, Is.Empty);
    }

    private static IEnumerable<string> Products() => Projects("sim", "scenarios", "analysis");

    private static IEnumerable<string> Projects(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.csproj", SearchOption.AllDirectories))
        .Select(project => Path.GetRelativePath(RepositoryRoot.Path, project).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> References(string project) => Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static XDocument Load(string project) => XDocument.Load(RepositoryRoot.Combine(project));
}
