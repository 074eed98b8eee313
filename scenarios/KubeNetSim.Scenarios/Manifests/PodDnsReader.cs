using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads what a pod says of its resolver.</summary>
internal static class PodDnsReader
{
    // The C library takes more for this (resolv.conf(5), RES_MAXNDOTS).
    private const int MostNdots = 15;

    // resolv.h: RES_MAXRETRANS and RES_MAXRETRY.
    private const int MostSeconds = 30;
    private const int MostAttempts = 5;

    private static readonly Dictionary<string, DnsPolicy> Policies = Enum.GetValues<DnsPolicy>().ToDictionary(policy => policy.ToString(), StringComparer.Ordinal);

    public static PodDns Read(Fields spec)
    {
        DnsPolicy policy = spec.Word("dnsPolicy", Policies) ?? DnsPolicy.ClusterFirst;
        Fields? config = spec.Mapping("dnsConfig");
        PodDns dns = config is null ? PodDns.Unset with { Policy = policy }
            : new PodDns(policy, Nameservers(config), [.. config.Values("searches").Select(search => search.Scalar.Text)], Ndots(config)) { Options = Options(config) };
        // pkg/apis/core/validation: validatePodDNSConfig.
        if (policy == DnsPolicy.None && dns.Nameservers.IsEmpty)
            spec.Error("required-field", "dnsConfig", "With dnsPolicy None, dnsConfig must name at least one server in nameservers", "dnsConfig: {nameservers: [10.96.0.10]}");
        return dns;
    }

    private static ImmutableArray<IpAddress> Nameservers(Fields config)
    {
        ImmutableArray<IpAddress>.Builder servers = ImmutableArray.CreateBuilder<IpAddress>();
        foreach ((ScalarNode scalar, string path) in config.Values("nameservers"))
        {
            if (IpAddress.TryParse(scalar.Text, out IpAddress server))
                servers.Add(server);
            else
                config.Problems.Add(new Problem(Severity.Error, "invalid-address", scalar.Position, path, $"\"{scalar.Text}\" is not an IP address"));
        }
        return servers.ToImmutable();
    }

    private static int? Ndots(Fields config)
    {
        int? ndots = null;
        foreach (Fields option in config.Mappings("options"))
            if (option.Text("name") == "ndots" && Number(option) is { } value)
                ndots = Math.Min(value, MostNdots);
        return ndots;
    }

    private static ResolverOptions Options(Fields config)
    {
        ResolverOptions options = ResolverOptions.Default;
        foreach (Fields option in config.Mappings("options"))
            options = option.Text("name") switch
            {
                "timeout" when Number(option) is { } seconds => options with { TimeoutSeconds = Math.Clamp(seconds, 1, MostSeconds) },
                "attempts" when Number(option) is { } times => options with { Attempts = Math.Clamp(times, 1, MostAttempts) },
                "rotate" => options with { Rotates = true },
                "single-request" => options with { IsSingleRequest = true },
                "single-request-reopen" => options with { ReopensSocket = true },
                "use-vc" => options with { UsesTcp = true },
                "edns0" => options with { UsesEdns = true },
                _ => options,
            };
        return options;
    }

    // The C library ignores what is not a number, too.
    private static int? Number(Fields option) =>
        int.TryParse(option.Text("value"), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
