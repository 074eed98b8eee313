namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>What a host of an Ingress, a listener or a route may be: a DNS name, or one with <c>*</c> for its first label; no address.</summary>
internal static class HostnameRules
{
    public static void Check(Fields fields, string key, string host)
    {
        if (Fault(host) is { } fault)
            fields.Error("invalid-name", key, fault);
    }

    public static void Check(List<Problem> problems, ScalarNode host, string path)
    {
        if (Fault(host.Text) is { } fault)
            problems.Add(new Problem(Severity.Error, "invalid-name", host.Position, path, fault));
    }

    public static bool IsHostname(string host) => Fault(host) is null;

    private static string? Fault(string host) =>
        IpAddress.TryParse(host, out _) ? $"\"{host}\" is an address, and a host must be a name"
        : !Names.IsDnsName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host)
            ? $"\"{host}\" is no host: lower-case letters, digits, '-' and '.', with \"*.\" before or without"
        : null;
}
