using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// What cluster DNS answers. The facts are those of coredns/coredns plugin/kubernetes handler_test.go, headless and external tests beside it,
/// reverse_test.go, handler_pod_insecure_test.go and parse_test.go, and of kubernetes/dns docs/specification.md 1.1.0.
/// </summary>
public sealed class DnsFacts
{
    private static readonly DnsTable Dns = Orchard.Compile(Orchard.Objects);

    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.A, "A 10.96.7.1")]
    [TestCase("PRESS.Orchard.SVC.Cluster.Local.", DnsRecordType.A, "A 10.96.7.1", Description = "case does not count")]
    [TestCase("_juice._tcp.press.orchard.svc.cluster.local", DnsRecordType.A, "A 10.96.7.1", Description = "the owner of an SRV record has addresses")]
    [TestCase("_juice._tcp.press.orchard.svc.cluster.local", DnsRecordType.SRV, "SRV 0 100 80 press.orchard.svc.cluster.local.")]
    [TestCase("_JUICE._TCP.press.orchard.svc.cluster.local", DnsRecordType.SRV, "SRV 0 100 80 press.orchard.svc.cluster.local.")]
    [TestCase("juice.tcp.press.orchard.svc.cluster.local", DnsRecordType.SRV, "SRV 0 100 80 press.orchard.svc.cluster.local.", Description = "without underscores, too")]
    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.SRV, "SRV 0 50 80 press.orchard.svc.cluster.local.", "SRV 0 50 81 press.orchard.svc.cluster.local.")]
    [TestCase("10-244-0-5.press.orchard.svc.cluster.local", DnsRecordType.A, "A 10.244.0.5", Description = "endpoints of a Service with a cluster IP have names, too")]
    [TestCase("trees.orchard.svc.cluster.local", DnsRecordType.A, "A 10.244.0.1", "A 10.244.0.2")]
    [TestCase("trees.orchard.svc.cluster.local", DnsRecordType.AAAA, "AAAA fd00:1::1", "AAAA fd00:1::2")]
    [TestCase("apple.trees.orchard.svc.cluster.local", DnsRecordType.A, "A 10.244.0.1")]
    [TestCase("apple.trees.orchard.svc.cluster.local", DnsRecordType.AAAA, "AAAA fd00:1::1")]
    [TestCase("10-244-0-2.trees.orchard.svc.cluster.local", DnsRecordType.A, "A 10.244.0.2")]
    [TestCase("fd00-1--2.trees.orchard.svc.cluster.local", DnsRecordType.AAAA, "AAAA fd00:1::2")]
    [TestCase("stumps.orchard.svc.cluster.local", DnsRecordType.A, "A 10.244.0.20", Description = "no ports are needed for addresses")]
    [TestCase("10-244-0-20.stumps.orchard.svc.cluster.local", DnsRecordType.A, "A 10.244.0.20")]
    [TestCase("market.orchard.svc.cluster.local", DnsRecordType.CNAME, "CNAME stall.example.org.")]
    [TestCase("cellar.orchard.svc.cluster.local", DnsRecordType.A, "CNAME press.orchard.svc.cluster.local.", "A 10.96.7.1")]
    [TestCase("dns-version.cluster.local", DnsRecordType.TXT, "TXT \"1.1.0\"")]
    [TestCase("1.7.96.10.in-addr.arpa", DnsRecordType.PTR, "PTR press.orchard.svc.cluster.local.")]
    [TestCase("1.0.244.10.in-addr.arpa", DnsRecordType.PTR, "PTR apple.trees.orchard.svc.cluster.local.")]
    [TestCase("2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa", DnsRecordType.PTR, "PTR fd00-1--2.trees.orchard.svc.cluster.local.", Description = "endpoints without a host name have names all the same (coredns pull request 7194)")]
    [TestCase("5.0.244.10.in-addr.arpa", DnsRecordType.PTR, "PTR 10-244-0-5.press.orchard.svc.cluster.local.", Description = "those of a Service with a cluster IP, too")]
    [TestCase("7.0.244.10.in-addr.arpa", DnsRecordType.PTR, "PTR cider.mill.orchard.svc.cluster.local.", "PTR cider.must.orchard.svc.cluster.local.", Description = "one endpoint of two Services")]
    [TestCase("2.7.96.10.in-addr.arpa", DnsRecordType.PTR, "PTR mill.orchard.svc.cluster.local.", Description = "a cluster IP is nobody else's")]
    [TestCase("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa", DnsRecordType.PTR, "PTR apple.trees.orchard.svc.cluster.local.")]
    [TestCase("192-0-2-7.orchard.pod.cluster.local", DnsRecordType.A, "A 192.0.2.7", Description = "pods insecure: any address that the name spells")]
    [TestCase("leaf.192-0-2-7.orchard.pod.cluster.local", DnsRecordType.A, "A 192.0.2.7", Description = "whatever stands before it")]
    [TestCase("cluster.local", DnsRecordType.SOA, "SOA ns.dns.cluster.local. hostmaster.cluster.local. 0 7200 1800 86400 5")]
    [TestCase("cluster.local", DnsRecordType.NS, "NS kube-dns.kube-system.svc.cluster.local.", Description = "the Service in front of CoreDNS (ns.go)")]
    [TestCase("_Juice._TCP.Press.Orchard.SVC.Cluster.Local", DnsRecordType.SRV, "SRV 0 100 80 press.orchard.svc.Cluster.Local.", Description = "the letters of the domain stay (handler_case_test.go)")]
    [TestCase("2001-db8--7.orchard.pod.cluster.local", DnsRecordType.AAAA, "AAAA 2001:db8::7")]
    public void Records(string name, DnsRecordType type, params string[] records)
    {
        DnsAnswer answer = Dns.Resolve(name, type);

        Assert.That(answer.Code, Is.EqualTo(DnsResponseCode.NoError));
        Assert.That(answer.Answers.Select(record => record.ToString()), Is.EquivalentTo(records));
    }

    [TestCase("cluster.local", DnsRecordType.A)]
    [TestCase("svc.cluster.local", DnsRecordType.A)]
    [TestCase("orchard.svc.cluster.local", DnsRecordType.A)]
    [TestCase("fallow.svc.cluster.local", DnsRecordType.A, Description = "a namespace exists though nothing is in it")]
    [TestCase("pod.cluster.local", DnsRecordType.A)]
    [TestCase("orchard.pod.cluster.local", DnsRecordType.A)]
    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.AAAA)]
    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.CNAME)]
    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.TXT)]
    [TestCase("stumps.orchard.svc.cluster.local", DnsRecordType.SRV, Description = "without ports there is nothing to locate")]
    [TestCase("10-244-0-2.trees.orchard.svc.cluster.local", DnsRecordType.AAAA)]
    [TestCase("192-0-2-7.orchard.pod.cluster.local", DnsRecordType.AAAA)]
    [TestCase("nowhere.orchard.svc.cluster.local", DnsRecordType.A, Description = "an alias of nothing within the cluster")]
    [TestCase("cellar.orchard.svc.cluster.local", DnsRecordType.AAAA)]
    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.PTR, Description = "a name of no address")]
    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.SOA)]
    [TestCase("orchard.svc.cluster.local", DnsRecordType.NS)]
    [TestCase("press.orchard.svc.cluster.local", DnsRecordType.MX)]
    [TestCase("cluster.local", DnsRecordType.HINFO)]
    [TestCase("market.orchard.svc.cluster.local", DnsRecordType.SRV)]
    public void Names_that_exist_without_such_records(string name, DnsRecordType type)
    {
        DnsAnswer answer = Dns.Resolve(name, type);

        Assert.That(answer.Code, Is.EqualTo(DnsResponseCode.NoError));
        Assert.That(answer.Answers, Is.Empty);
        Assert.That(answer.ForwardedName, Is.Null);
    }

    [TestCase("quince.orchard.svc.cluster.local")]
    [TestCase("press.fallow.svc.cluster.local")]
    [TestCase("press.meadow.svc.cluster.local")]
    [TestCase("meadow.svc.cluster.local")]
    [TestCase("bare.orchard.svc.cluster.local", Description = "headless, and nobody is ready")]
    [TestCase("10-244-0-3.trees.orchard.svc.cluster.local", Description = "not ready")]
    [TestCase("10-244-0-4.trees.orchard.svc.cluster.local", Description = "terminating")]
    [TestCase("10-244-0-1.trees.orchard.svc.cluster.local", Description = "it has a host name instead")]
    [TestCase("_tcp.press.orchard.svc.cluster.local")]
    [TestCase("_juice._udp.press.orchard.svc.cluster.local", Description = "the port has another protocol")]
    [TestCase("_seed._tcp.press.orchard.svc.cluster.local")]
    [TestCase("*.orchard.svc.cluster.local", Description = "wildcards are gone since CoreDNS 1.9")]
    [TestCase("_juice._tcp.apple.trees.orchard.svc.cluster.local", Description = "too long")]
    [TestCase("number.orchard.svc.cluster.local", Description = "an external name that is an address is none")]
    [TestCase("apple.orchard.pod.cluster.local")]
    [TestCase("192-0-2-7.meadow.pod.cluster.local", Description = "the namespace must exist")]
    [TestCase("press.orchard.barn.cluster.local")]
    [TestCase("orchard.cluster.local")]
    [TestCase("_juice._tcp.market.orchard.svc.cluster.local", Description = "an external name has no ports")]
    public void Names_that_do_not_exist(string name)
    {
        foreach (DnsRecordType type in Enum.GetValues<DnsRecordType>())
        {
            DnsAnswer answer = Dns.Resolve(name, type);

            Assert.That(answer.Code, Is.EqualTo(DnsResponseCode.NxDomain), $"{type}");
            Assert.That(answer.Authority.Single().ToString(), Does.StartWith("SOA ns.dns.cluster.local. "), "how long to believe it (RFC 2308)");
        }
    }

    /// <summary>RFC 6303: nobody outside answers for private addresses. reverse_test.go has the same outcome without "fallthrough".</summary>
    [TestCase("77.0.244.10.in-addr.arpa", DnsRecordType.PTR)]
    [TestCase("press.orchard.svc.244.10.in-addr.arpa", DnsRecordType.A)]
    [TestCase("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9.0.0.0.0.0.d.f.ip6.arpa", DnsRecordType.PTR)]
    public void Private_addresses_that_nobody_in_the_cluster_owns_have_no_names(string name, DnsRecordType type) =>
        Assert.That(Dns.Resolve(name, type).Code, Is.EqualTo(DnsResponseCode.NxDomain));

    [Test]
    public void The_domains_servers_come_with_their_addresses()
    {
        DnsAnswer answer = Dns.Resolve("cluster.local", DnsRecordType.NS);

        Assert.That(answer.Additional.Select(record => record.Name), Is.EqualTo(["kube-dns.kube-system.svc.cluster.local."]));
        Assert.That(Dns.Resolve("ns.dns.cluster.local", DnsRecordType.A).Addresses, Is.EqualTo(answer.Additional.Select(record => record.Address)));
    }

    [Test]
    public void Answers_live_five_seconds_and_the_version_of_the_schema_eight_hours()
    {
        Assert.That(Dns.Resolve("press.orchard.svc.cluster.local", DnsRecordType.A).Answers.Single().TtlSeconds, Is.EqualTo(5));
        Assert.That(Dns.Resolve("dns-version.cluster.local", DnsRecordType.TXT).Answers.Single().TtlSeconds, Is.EqualTo(28_800));
    }

    [Test]
    public void SRV_of_a_headless_Service_names_its_endpoints_and_brings_their_addresses()
    {
        DnsAnswer answer = Dns.Resolve("_juice._tcp.trees.orchard.svc.cluster.local", DnsRecordType.SRV);

        Assert.That(answer.Answers.Select(record => record.Data), Is.EquivalentTo([
            "0 25 80 apple.trees.orchard.svc.cluster.local.", "0 25 80 10-244-0-2.trees.orchard.svc.cluster.local.", "0 25 80 fd00-1--2.trees.orchard.svc.cluster.local."]));
        Assert.That(answer.Additional.Select(record => $"{record.Name} {record}"), Is.EquivalentTo([
            "apple.trees.orchard.svc.cluster.local. A 10.244.0.1", "apple.trees.orchard.svc.cluster.local. AAAA fd00:1::1",
            "10-244-0-2.trees.orchard.svc.cluster.local. A 10.244.0.2", "fd00-1--2.trees.orchard.svc.cluster.local. AAAA fd00:1::2"]));
    }

    [TestCase("market.orchard.svc.cluster.local", "stall.example.org.")]
    [TestCase("example.org", "example.org.")]
    [TestCase("9.9.9.9.in-addr.arpa", "9.9.9.9.in-addr.arpa.")]
    public void What_it_does_not_know_it_asks_upstream(string name, string forwarded) =>
        Assert.That(Dns.Resolve(name, name.EndsWith("arpa", StringComparison.Ordinal) ? DnsRecordType.PTR : DnsRecordType.A).ForwardedName, Is.EqualTo(forwarded));

    /// <summary>kubernetes/kubernetes test/e2e/network/dns.go, "should provide DNS for pods for Hostname" and "for Subdomain"; StatefulSets.</summary>
    [Test]
    public void Pods_of_a_StatefulSet_have_names_and_others_by_hostname_and_subdomain_also_before_they_are_ready_where_that_is_published()
    {
        DnsTable dns = Orchard.Compile("""
            {apiVersion: v1, kind: Service, metadata: {name: rows, namespace: orchard}, spec: {clusterIP: None, selector: {app: row}, ports: [{port: 80}]}}
            ---
            {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: row, namespace: orchard}, spec: {serviceName: rows, replicas: 2, selector: {matchLabels: {app: row}}, template: {metadata: {labels: {app: row}}, spec: {containers: [{name: c, image: c}]}}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: ladder, namespace: orchard}, spec: {clusterIP: None, publishNotReadyAddresses: true, selector: {app: step}, ports: [{port: 80}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: step-a, namespace: orchard, labels: {app: step}}, spec: {hostname: top, subdomain: ladder, containers: [{name: c, image: c}]}, status: {conditions: [{type: Ready, status: "False"}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: step-b, namespace: orchard, labels: {app: step}}, spec: {hostname: low, subdomain: other, containers: [{name: c, image: c}]}}
            """);

        Assert.That(dns.Resolve("row-0.rows.orchard.svc.cluster.local", DnsRecordType.A).Answers, Has.Length.EqualTo(1));
        Assert.That(dns.Resolve("row-1.rows.orchard.svc.cluster.local", DnsRecordType.A).Answers, Has.Length.EqualTo(1));
        Assert.That(dns.Resolve("row-2.rows.orchard.svc.cluster.local", DnsRecordType.A).Code, Is.EqualTo(DnsResponseCode.NxDomain));
        Assert.That(dns.Resolve("top.ladder.orchard.svc.cluster.local", DnsRecordType.A).Answers, Has.Length.EqualTo(1), "not ready, and published");
        Assert.That(dns.Resolve("low.ladder.orchard.svc.cluster.local", DnsRecordType.A).Code, Is.EqualTo(DnsResponseCode.NxDomain), "its subdomain is another one");
        Assert.That(dns.Resolve("ladder.orchard.svc.cluster.local", DnsRecordType.A).Answers, Has.Length.EqualTo(2));
    }
}
