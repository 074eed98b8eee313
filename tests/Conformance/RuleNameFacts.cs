using KubeNetSim.Tests.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Names of chains and words of rules. The iptables names are those that every kubeadm cluster shows for its two oldest Services; the
/// nftables name and words are facts of kubernetes/kubernetes pkg/proxy/nftables/proxier_test.go TestOverallNFTablesRules.
/// </summary>
public class RuleNameFacts
{
    [TestCase("default", "kubernetes", "https", Protocol.TCP, "KUBE-SVC-NPX46M4PTMTKRN6Y")]
    [TestCase("kube-system", "kube-dns", "dns", Protocol.UDP, "KUBE-SVC-TCOU7JCQXEZGVUNU")]
    [TestCase("kube-system", "kube-dns", "dns-tcp", Protocol.TCP, "KUBE-SVC-ERIFXISQEP7F7OF4")]
    [TestCase("kube-system", "kube-dns", "metrics", Protocol.TCP, "KUBE-SVC-JD5MR3NA4I4DYORP")]
    public void An_iptables_chain_has_the_name_that_a_real_node_gives_it(string ns, string name, string port, Protocol protocol, string chain) =>
        Assert.That(IptablesNames.Of("SVC", Port(ns, name, port, protocol)), Is.EqualTo(chain));

    [Test]
    public void An_endpoint_chain_hashes_the_endpoint_too()
    {
        ServicePortEntry port = Port("ns1", "svc1", "p80", Protocol.TCP);
        EndpointEntry endpoint = new(IpAddress.Parse("10.180.0.1"), 80, -1, -1);

        Assert.That(IptablesNames.Of(port, endpoint), Is.EqualTo("KUBE-SEP-SXIVWICOYRO3J4NJ"));
        Assert.That(NftablesNames.Of("endpoint", port, endpoint), Is.EqualTo("endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80"));
        Assert.That(NftablesNames.Of("service", port), Is.EqualTo("service-ULMVA6XW-ns1/svc1/tcp/p80"));
    }

    [Test]
    public void An_nftables_name_has_no_colons_and_is_never_too_long()
    {
        ServicePortEntry port = Port("a-namespace", new string('s', 250), "p", Protocol.TCP);
        string name = NftablesNames.Of("endpoint", port, new EndpointEntry(IpAddress.Parse("fd00::1"), 80, -1, -1));
        string shortName = NftablesNames.Of("endpoint", Port("n", "s", "p", Protocol.TCP), new EndpointEntry(IpAddress.Parse("fd00::1"), 80, -1, -1));

        Assert.That(name, Has.Length.LessThanOrEqualTo(256).And.EndsWith("..."));
        Assert.That(shortName, Does.EndWith("n/s/tcp/p__fd00..1/80"));
    }

    [TestCase(false, "ip daddr 10.96.0.1 ip saddr != 10.1.0.0/16 jump mark-for-masquerade")]
    [TestCase(true, "ip daddr 10.96.0.1 jump mark-for-masquerade")]
    public void In_nftables_mode_what_the_map_of_services_has_matched_is_not_matched_again(bool masqueradeAll, string rule)
    {
        Service service = Given.Service("dock", "10.96.0.1").WithLoadBalancer("203.0.113.1", "198.51.100.0/25");
        Cluster cluster = Given.Cluster([Given.Node("pier", "192.0.2.1")], (service, [Given.Ready("10.1.1.1", null)]));
        AtNode node = new(cluster, cluster.KubeProxy with { Mode = ProxyModeNames.Nftables, MasqueradeAll = masqueradeAll, ClusterCidrs = [Cidr.Parse("10.1.0.0/16")] });

        string[] lines = [.. RuleListing.Of(node.Snapshot).Select(line => line.Trim(' ', '\t', ','))];

        Assert.That(lines, Does.Contain(rule));
        Assert.That(lines, Has.Some.Match("203\\.0\\.113\\.1 \\. tcp \\. 80 : goto firewall-[A-Z0-9]{8}-harbor/dock/tcp/web"));
    }

    [Test]
    public void Probabilities_have_ten_digits_and_the_last_endpoint_needs_none()
    {
        Cluster cluster = Given.Cluster([], (Given.Service("dock", "10.96.0.1"), [.. Enumerable.Range(1, 3).Select(i => Given.Ready($"10.1.1.{i}", null))]));
        NodeSnapshot snapshot = ProxyModeList.BuiltIn.Program(ServiceTable.Compile(cluster), Given.Node("pier", "192.0.2.1"), cluster.KubeProxy, IptablesBackend.Nft, 1);

        string listing = string.Join('\n', RuleListing.Of(snapshot, "harbor/dock"));

        Assert.That(listing, Does.Contain("--probability 0.3333333333 ").And.Contain("--probability 0.5000000000 "));
        Assert.That(listing.Split("--probability"), Has.Length.EqualTo(3));
    }

    [TestCase(1_000, true)]
    [TestCase(1_001, false)]
    public void Rules_of_endpoints_have_comments_up_to_a_thousand_endpoints_usable_or_not(int endpoints, bool commented)
    {
        Service[] services = [.. Enumerable.Range(0, 2).Select(i => Given.Service($"dock-{i}", $"10.96.0.{i}"))];
        Endpoint[] unready = [.. Enumerable.Range(2, endpoints - 2).Select(i => Given.Unready($"10.1.{i / 250}.{i % 250}", null))];
        Cluster cluster = Given.Cluster([Given.Node("pier-1", "192.0.2.1")],
            (services[0], [Given.Ready("10.1.0.0", null), Given.Ready("10.1.0.1", null)]), (services[1], unready));

        string[] rules = [.. RuleListing.Of(AtNode.With(ProxyModeNames.Iptables, cluster).Snapshot).Where(line => line.StartsWith("-A KUBE-S", StringComparison.Ordinal))];

        Assert.That(rules.Count(rule => rule.Contains(" -> ", StringComparison.Ordinal)), Is.EqualTo(commented ? 2 : 0));
        Assert.That(rules.Where(rule => rule.StartsWith("-A KUBE-SEP-", StringComparison.Ordinal)).Count(rule => rule.Contains("comment", StringComparison.Ordinal)), Is.EqualTo(commented ? 4 : 0));
        Assert.That(rules, Has.Some.Contains("-m comment --comment \"harbor/dock-0:web cluster IP\""));
    }

    private static ServicePortEntry Port(string ns, string name, string port, Protocol protocol)
    {
        Service service = Given.Service(name, "10.96.0.1") with
        {
            Meta = new ObjectMeta { Namespace = ns, Name = name },
            Ports = [new ServicePort { Name = port, Port = 80, Protocol = protocol }],
        };
        return ServiceTable.Compile(Given.Cluster([], (service, []))).Ports[0];
    }
}
