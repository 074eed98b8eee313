using System.Text.RegularExpressions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Architecture;

/// <summary>A type's namespace tells a reader the folder of its file.</summary>
internal sealed partial class NamespaceTests
{
    [Test]
    public void The_namespace_of_a_product_file_is_its_folder()
    {
        string[] wrong = [.. SourceFiles.OfProducts().Select(Mismatch).OfType<string>()];

        Assert.That(wrong, Is.Empty, () => string.Join('\n', wrong));
    }

    private static string? Mismatch(string file)
    {
        Match found = Namespace().Match(File.ReadAllText(RepositoryRoot.Combine(file)));
        string folder = string.Join('.', Path.GetDirectoryName(file)!.Split('/', '\\').Skip(1));
        return !found.Success || found.Groups[1].Value == folder ? null : $"{file} has the namespace {found.Groups[1].Value}, not {folder}";
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
