namespace KubeNetSim.Tests.Architecture;

/// <summary>The C# files of the repository, by their paths from its root.</summary>
internal static class SourceFiles
{
    /// <summary>The folders that hold products: what is not a test, a benchmark or a sample.</summary>
    public static IEnumerable<string> OfProducts() => Of("sim").Concat(Of("scenarios")).Concat(Of("analysis"));

    public static IEnumerable<string> Of(string folder) => Directory
        .EnumerateFiles(RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
