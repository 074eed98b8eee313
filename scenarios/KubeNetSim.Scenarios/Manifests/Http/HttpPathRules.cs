namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>
/// What a path of an Ingress or a route may be: it begins with a slash and is in its shortest form (invalidPathSequences and
/// invalidPathSuffixes of pkg/apis/networking/validation, and the rules of HTTPPathMatch).
/// </summary>
internal static class HttpPathRules
{
    private static readonly string[] Parts = ["//", "/./", "/../", "%2f", "%2F", "#"];
    private static readonly string[] Ends = ["/..", "/."];

    public static void Check(Fields fields, string key, string path)
    {
        if (!path.StartsWith('/'))
            fields.Error("invalid-path", key, $"\"{path}\" does not begin with a slash", "path: /");
        else if (Parts.FirstOrDefault(part => path.Contains(part, StringComparison.Ordinal)) is { } part)
            fields.Error("invalid-path", key, $"\"{path}\" must not contain \"{part}\"");
        else if (Ends.FirstOrDefault(end => path.EndsWith(end, StringComparison.Ordinal)) is { } end)
            fields.Error("invalid-path", key, $"\"{path}\" must not end in \"{end}\"");
    }
}
