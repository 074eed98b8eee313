using KubeNetSim.Tests.Simulation;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>What the files' configuration of CoreDNS and NodeLocal DNSCache says of TTLs and caches.</summary>
internal sealed class CorefileTests
{
    private const double Second = 1e9;

    [Test]
    public void Kubeadms_Corefile_has_a_TTL_of_30_s_and_keeps_no_answers_of_the_cluster()
    {
        NetworkProfile network = Read("""
            .:53 {
                errors
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   pods insecure
                   fallthrough in-addr.arpa ip6.arpa
                   ttl 30
                }
                forward . /etc/resolv.conf {
                   max_concurrent 1000
                }
                cache 30 {
                   disable success cluster.local
                   disable denial cluster.local
                }
                loop
            }
            """);

        Assert.That(network.DnsTtlNs, Is.EqualTo(30 * Second));
        Assert.That((network.DnsCacheNs, network.DnsNegativeCacheNs), Is.EqualTo((0L, 0L)));
        Assert.That(network.UpstreamTtlNs, Is.EqualTo(30 * Second));
        Assert.That(network.NodeLocalDns, Is.False);
    }

    [TestCase("kubernetes cluster.local", 5, 0, 0)]
    [TestCase("kubernetes cluster.local\n    cache 20", 5, 20, 20)]
    [TestCase("kubernetes cluster.local {\n      ttl 60 # a minute\n    }\n    cache", 60, 3_600, 1_800)]
    [TestCase("kubernetes cluster.local\n    cache 30 {\n      denial 9984 7\n    }", 5, 30, 7)]
    [TestCase("kubernetes cluster.local\n    cache 30 {\n      disable denial\n    }", 5, 30, 0)]
    public void The_kubernetes_and_the_cache_plugin_say_how_long_answers_are_kept(string plugins, int ttl, int cache, int negative)
    {
        NetworkProfile network = Read($".:53 {{\n    {plugins}\n}}");

        Assert.That(network.DnsTtlNs, Is.EqualTo(ttl * Second));
        Assert.That(network.DnsCacheNs, Is.EqualTo(cache * Second));
        Assert.That(network.DnsNegativeCacheNs, Is.EqualTo(negative * Second));
    }

    [Test]
    public void A_ConfigMap_of_NodeLocal_DNSCache_means_that_every_node_runs_it()
    {
        NetworkProfile network = Read("""
            cluster.local:53 {
                cache {
                    success 9984 20
                    denial 9984 4
                }
                forward . 10.96.0.10 {
                    force_tcp
                }
            }
            .:53 {
                cache 30
            }
            """, "node-local-dns");

        Assert.That(network.NodeLocalDns, Is.True);
        Assert.That(network.NodeLocalTtlNs, Is.EqualTo(20 * Second));
        Assert.That(network.NodeLocalNegativeTtlNs, Is.EqualTo(4 * Second));
    }

    [Test]
    public void What_the_Scenario_sets_counts_more_than_the_Corefile()
    {
        NetworkProfile network = Read(".:53 {\n    kubernetes cluster.local {\n      ttl 30\n    }\n}", scenario: """
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: own}
            spec: {network: {dnsTtl: 5s}}
            """);

        Assert.That(network.DnsTtlNs, Is.EqualTo(5 * Second));
    }

    [TestCase("}")]
    [TestCase(".:53 {\n    kubernetes {")]
    [TestCase("{\n{\n}\n}\n}")]
    public void A_Corefile_of_another_shape_changes_nothing(string corefile)
    {
        Assert.That(Read(corefile), Is.EqualTo(new NetworkProfile()));
    }

    private static NetworkProfile Read(string corefile, string name = "coredns", string? scenario = null)
    {
        string config = $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: kube-system}}\ndata:\n  Corefile: |\n"
            + string.Concat(corefile.Split('\n').Select(line => $"    {line}\n"));
        return GivenScenario.Read([GivenScenario.Web(1), config, .. scenario is null ? Array.Empty<string>() : [scenario]]).Network;
    }
}
