using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>What a program in a pod gets for a name: the search path, and what is left where no name has records.</summary>
public sealed class PodResolverFacts
{
    /// <summary>glibc resolv/res_query.c, __res_context_search: what is left where no name has records.</summary>
    [TestCase("press", DnsRecordType.AAAA, DnsResponseCode.NoError, Description = "one of the names exists")]
    [TestCase("quince", DnsRecordType.A, DnsResponseCode.NxDomain)]
    [TestCase("10-244-0-2.trees.orchard.svc.cluster.local", DnsRecordType.AAAA, DnsResponseCode.NoError, Description = "five dots: as it stands counts, and the search after it does not")]
    public void A_look_up_without_records_says_whether_the_name_exists(string name, DnsRecordType type, DnsResponseCode code) =>
        Assert.That(Orchard.Compile(Orchard.Objects).LookUp(name, type, "orchard").Answer, Has.Property(nameof(DnsAnswer.Code)).EqualTo(code));

    /// <summary>glibc resolv/res_query.c, where a query that cannot be made ends the search; RFC 1035 2.3.4.</summary>
    [TestCase(227, 4)]
    [TestCase(228, 1, Description = "too long with the first domain, which ends the search")]
    public void Names_longer_than_DNS_has_are_not_asked_for(int length, int queries)
    {
        string name = string.Join('.', Enumerable.Repeat(new string('a', 57), 4))[..length];

        Assert.That(Orchard.Compile(Orchard.Objects).LookUp(name, DnsRecordType.A, "orchard").Queries, Has.Length.EqualTo(queries));
    }

    /// <summary>kubernetes/kubernetes pkg/kubelet/network/dns/dns_test.go, TestGetPodDNS and TestAppendDNSConfig.</summary>
    [TestCase("", "press.orchard.svc.cluster.local", 4, Description = "a name with fewer than five dots is tried in the search domains first")]
    [TestCase("", "press.orchard", 2)]
    [TestCase("", "press.orchard.svc.cluster.local.", 1)]
    [TestCase("", "api.example.org", 4)]
    [TestCase("dnsConfig: {options: [{name: ndots, value: \"2\"}]},", "api.example.org", 1)]
    [TestCase("dnsConfig: {options: [{name: ndots, value: \"2\"}]},", "press.orchard", 2)]
    [TestCase("dnsConfig: {searches: [orchard.svc.cluster.local, far.example]},", "api.example.org", 6)]
    [TestCase("dnsPolicy: Default,", "api.example.org", 1)]
    [TestCase("dnsPolicy: ClusterFirstWithHostNet, hostNetwork: true,", "press.orchard", 2)]
    public void What_a_pod_says_of_its_resolver_decides_how_many_queries_a_name_takes(string says, string name, int queries) =>
        Assert.That(LookUp(says, name).Queries, Has.Length.EqualTo(queries));

    [TestCase("hostNetwork: true,")]
    [TestCase("dnsPolicy: Default,")]
    [TestCase("dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.53]},")]
    public void A_pod_that_asks_its_nodes_resolver_or_its_own_finds_no_Service(string says) =>
        Assert.That(LookUp(says, "press.orchard.svc.cluster.local").Answer.Code, Is.EqualTo(DnsResponseCode.NxDomain));

    [Test]
    public void A_pod_may_name_cluster_DNS_itself() =>
        Assert.That(LookUp("dnsPolicy: None, dnsConfig: {nameservers: [10.96.0.10], searches: [svc.cluster.local], options: [{name: ndots, value: \"5\"}]},", "press.orchard").Answer.Addresses.Single().ToString(), Is.EqualTo("10.96.7.1"));

    private static DnsLookup LookUp(string says, string name)
    {
        Cluster cluster = Orchard.Reconcile($"{Orchard.Objects}\n---\n{{apiVersion: v1, kind: Pod, metadata: {{name: asker, namespace: default}}, spec: {{{says} containers: [{{name: c, image: c}}]}}}}");
        DnsTable dns = DnsTable.Compile(cluster, externalHosts: ["api.example.org"]);
        return dns.LookUp(name, DnsRecordType.A, dns.ResolverOf(cluster.Pods.Single(pod => pod.Meta.Name == "asker")));
    }
}
