namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// Folders of Helm charts and kustomizations. What they hold becomes manifests only when it is rendered, so that their files are left out, with
/// one line for each folder.
/// </summary>
internal sealed class UnrenderedFolders(List<Problem> problems)
{
    private static readonly string[] Kustomizations = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Whether a file of a folder is left out.</summary>
    /// <param name="root">The folder as it was named.</param>
    /// <param name="file">A file below it.</param>
    public bool Contains(string root, string file)
    {
        if (ChartOf(root, file) is { } chart)
        {
            Report(chart, Path.Combine(chart, "Chart.yaml"), $"The folder is a Helm chart, and its files are skipped; render it first: helm template {chart} | kubenetsim check -");
            return true;
        }
        if (!Kustomizations.Contains(Path.GetFileName(file), StringComparer.Ordinal))
            return false;
        string folder = Path.GetDirectoryName(file)!;
        Report(folder, file, $"The kustomization is not applied, and the files beside it are read as they are; render it first: kustomize build {folder} | kubenetsim check -");
        return true;
    }

    private static string? ChartOf(string root, string file)
    {
        string top = Path.TrimEndingDirectorySeparator(root);
        for (string? folder = Path.GetDirectoryName(file); folder is not null && folder.Length >= top.Length; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Chart.yaml")))
                return folder;
        return null;
    }

    private void Report(string folder, string file, string message)
    {
        if (_reported.Add(folder))
            problems.Add(new Problem(Severity.Info, "not-rendered", new SourcePosition(file, 1, 1), "", message));
    }
}
