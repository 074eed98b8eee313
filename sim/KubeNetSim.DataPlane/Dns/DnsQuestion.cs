namespace KubeNetSim.DataPlane.Dns;

/// <summary>
/// The parts of a name below the cluster's domain, from right to left: svc or pod, namespace, Service, then an endpoint, or protocol
/// and port (coredns/coredns plugin/kubernetes/parse.go). Empty where the name is too short to have the part.
/// </summary>
internal readonly record struct DnsQuestion(string Kind, string Namespace, string Service, string Endpoint, string Port, string Protocol)
{
    public const string Services = "svc";
    public const string Pods = "pod";

    /// <summary>Reads the labels of a name, without those of the domain; null where they have no meaning.</summary>
    public static DnsQuestion? Parse(ReadOnlySpan<string> labels)
    {
        if (labels.Length is 0 or > 5)
            return null;
        string At(ReadOnlySpan<string> all, int fromRight) => fromRight < all.Length ? all[^(fromRight + 1)] : "";

        DnsQuestion question = new(At(labels, 0), At(labels, 1), At(labels, 2), "", "", "");
        if (question.Kind is not (Services or Pods))
            return null;
        return labels.Length switch
        {
            <= 3 => question,
            4 => question with { Endpoint = labels[0] },
            _ => question with { Port = WithoutUnderscore(labels[0]), Protocol = WithoutUnderscore(labels[1]) },
        };
    }

    // The specification wants underscores; CoreDNS does without (stripUnderscore there).
    private static string WithoutUnderscore(string label) => label.StartsWith('_') ? label[1..] : label;
}
