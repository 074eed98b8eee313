namespace KubeNetSim.Scenarios.Validation;

/// <summary>What the API server says of addresses besides that they are some (pkg/apis/core/validation ValidateEndpointIP; GetWarningsForIP of k8s.io/apimachinery).</summary>
internal static class AddressRules
{
    /// <summary>Addresses that never are those of another machine.</summary>
    public static void CheckNotSpecial(Fields fields, string key) => CheckNotSpecial(fields, fields.Values(key));

    /// <inheritdoc cref="CheckNotSpecial(Fields, string)"/>
    public static void CheckNotSpecial(Fields fields, IEnumerable<(ScalarNode Scalar, string Path)> values)
    {
        foreach ((ScalarNode scalar, string path) in values)
            if (IpAddress.TryParse(scalar.Text, out IpAddress address) && WhatIsSpecial(address) is { } why)
                fields.Problems.Add(new Problem(Severity.Error, "special-address", scalar.Position, path, $"{scalar.Text} {why}", "the address of another machine"));
    }

    /// <summary>Other ways to write an address, which Go programs read differently from others (CVE-2021-29923).</summary>
    public static void CheckCanonical(Fields fields, IEnumerable<(ScalarNode Scalar, string Path)> values)
    {
        foreach ((ScalarNode scalar, string path) in values)
            if (IpAddress.TryParse(scalar.Text, out IpAddress address) && address.ToString() is { } usual && usual != scalar.Text)
                fields.Problems.Add(new Problem(Severity.Warning, "non-standard-address", scalar.Position, path,
                    $"\"{scalar.Text}\" is another way to write {usual}, which programs read differently and a later Kubernetes refuses", usual));
    }

    private static string? WhatIsSpecial(IpAddress address) =>
        address.IsUnspecified ? "stands for no address"
        : address.IsLoopback ? "is a machine's own address (127.0.0.0/8, ::1)"
        : address.IsLinkLocal ? "is valid on one link only (169.254.0.0/16, fe80::/10)"
        : address.IsLinkLocalMulticast ? "is a multicast address of one link (224.0.0.0/24, ff02::/16)"
        : null;
}
