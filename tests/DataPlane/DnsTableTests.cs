using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>
/// Cluster DNS. Facts about single answers are those of coredns/coredns plugin/kubernetes/handler_test.go TestServeDNS and of the
/// Kubernetes DNS specification 1.1.0, told of objects of our own.
/// </summary>
public class DnsTableTests
{
    private static readonly DnsTable Dns = DnsTable.Compile(Harbor(), namespaces: ["empty-bay"], externalHosts: ["docs.example", "*.docs.example"]);

    [TestCase("dock.harbor.svc.cluster.local", DnsRecordType.A, "A 10.96.0.1")]
    [TestCase("DOCK.Harbor.svc.cluster.local.", DnsRecordType.A, "A 10.96.0.1")]
    [TestCase("dock.harbor.svc.cluster.local.", DnsRecordType.AAAA, "AAAA fd00:96::1")]
    [TestCase("crane.harbor.svc.cluster.local.", DnsRecordType.A, "A 10.1.1.1, A 10.1.1.2")]
    [TestCase("crane-0.crane.harbor.svc.cluster.local.", DnsRecordType.A, "A 10.1.1.1")]
    [TestCase("10-1-1-2.crane.harbor.svc.cluster.local.", DnsRecordType.A, "A 10.1.1.2")]
    [TestCase("10-1-1-9.dock.harbor.svc.cluster.local.", DnsRecordType.A, "A 10.1.1.9")]
    [TestCase("10-1-1-2.harbor.pod.cluster.local.", DnsRecordType.A, "A 10.1.1.2")]
    [TestCase("sea.harbor.svc.cluster.local.", DnsRecordType.CNAME, "CNAME sea.example.")]
    [TestCase("sea.harbor.svc.cluster.local.", DnsRecordType.A, "CNAME sea.example.")]
    [TestCase("alias.harbor.svc.cluster.local.", DnsRecordType.A, "CNAME dock.harbor.svc.cluster.local., A 10.96.0.1")]
    [TestCase("_web._tcp.crane.harbor.svc.cluster.local.", DnsRecordType.SRV,
        "SRV 0 50 8080 crane-0.crane.harbor.svc.cluster.local., SRV 0 50 8080 10-1-1-2.crane.harbor.svc.cluster.local.")]
    [TestCase("_web._tcp.dock.harbor.svc.cluster.local.", DnsRecordType.SRV, "SRV 0 50 80 dock.harbor.svc.cluster.local.")]
    [TestCase("1.0.96.10.in-addr.arpa.", DnsRecordType.PTR, "PTR dock.harbor.svc.cluster.local.")]
    [TestCase("1.1.1.10.in-addr.arpa.", DnsRecordType.PTR, "PTR crane-0.crane.harbor.svc.cluster.local.")]
    [TestCase("dns-version.cluster.local.", DnsRecordType.TXT, "TXT \"1.1.0\"")]
    [TestCase("cluster.local.", DnsRecordType.NS, "NS ns.dns.cluster.local.")]
    public void Records_of_a_name(string name, DnsRecordType type, string expected)
    {
        DnsAnswer answer = Dns.Resolve(name, type);

        Assert.That(string.Join(", ", answer.Answers), Is.EqualTo(expected));
        Assert.That(answer.Code, Is.EqualTo(DnsResponseCode.NoError));
    }

    [TestCase("crane-0.crane.harbor.svc.cluster.local.", DnsRecordType.AAAA, TestName = "A pod without an IPv6 address exists all the same")]
    [TestCase("harbor.svc.cluster.local.", DnsRecordType.A, TestName = "A namespace exists without records")]
    [TestCase("empty-bay.svc.cluster.local.", DnsRecordType.A, TestName = "An empty namespace exists")]
    [TestCase("svc.cluster.local.", DnsRecordType.A, TestName = "The branch of Services exists without records")]
    [TestCase("pod.cluster.local.", DnsRecordType.A, TestName = "The branch of pods exists without records")]
    [TestCase("cluster.local.", DnsRecordType.A, TestName = "The domain exists without records")]
    public void Names_without_records(string name, DnsRecordType type)
    {
        DnsAnswer answer = Dns.Resolve(name, type);

        Assert.That((answer.Code, answer.Answers.Length), Is.EqualTo((DnsResponseCode.NoError, 0)));
    }

    [TestCase("boat.harbor.svc.cluster.local.")]
    [TestCase("dock.atlantis.svc.cluster.local.")]
    [TestCase("atlantis.svc.cluster.local.")]
    [TestCase("nobody.crane.harbor.svc.cluster.local.")]
    [TestCase("_ftp._tcp.dock.harbor.svc.cluster.local.")]
    [TestCase("_web._udp.dock.harbor.svc.cluster.local.")]
    [TestCase("idle.harbor.svc.cluster.local.", Description = "A headless Service without ready endpoints has no name.")]
    [TestCase("not-an-address.harbor.pod.cluster.local.")]
    [TestCase("dock.cluster.local.")]
    [TestCase("a.b.c.dock.harbor.svc.cluster.local.")]
    public void Names_that_do_not_exist(string name) =>
        Assert.That(Dns.Resolve(name, DnsRecordType.A).Code, Is.EqualTo(DnsResponseCode.NxDomain));

    [Test]
    public void An_SRV_answer_brings_the_addresses_along()
    {
        DnsAnswer answer = Dns.Resolve("_web._tcp.dock.harbor.svc.cluster.local.", DnsRecordType.SRV);

        Assert.That(string.Join(", ", answer.Additional.Select(record => $"{record.Name} {record}")),
            Is.EqualTo("dock.harbor.svc.cluster.local. A 10.96.0.1, dock.harbor.svc.cluster.local. AAAA fd00:96::1"));
    }

    [Test]
    public void Names_outside_the_cluster_are_forwarded_to_an_upstream_server()
    {
        Assert.That(Dns.Resolve("docs.example.", DnsRecordType.A).ForwardedName, Is.EqualTo("docs.example."));
        Assert.That(Dns.Resolve("sea.harbor.svc.cluster.local.", DnsRecordType.A).ForwardedName, Is.EqualTo("sea.example."));
    }

    [TestCase("docs.example", DnsResponseCode.NoError, Description = "Declared.")]
    [TestCase("a.b.docs.example", DnsResponseCode.NoError, Description = "Below a declared wildcard, however deep (RFC 4592).")]
    [TestCase("sea.example", DnsResponseCode.NoError, Description = "An ExternalName Service points to it.")]
    [TestCase("docks.example", DnsResponseCode.NxDomain)]
    [TestCase("dock.harbour", DnsResponseCode.NxDomain, Description = "A misspelled namespace is no host of the internet.")]
    [TestCase("1.2.0.192.in-addr.arpa", DnsResponseCode.NxDomain)]
    public void A_name_outside_the_cluster_exists_only_where_the_input_names_it(string name, DnsResponseCode code) =>
        Assert.That(Dns.LookUp(name, DnsRecordType.A, "harbor").Answer.Code, Is.EqualTo(code));

    [Test]
    public void A_short_name_is_found_with_the_first_search_domain()
    {
        DnsLookup lookup = Dns.LookUp("dock", DnsRecordType.A, "harbor");

        Assert.That(lookup.Queries.Single().Name, Is.EqualTo("dock.harbor.svc.cluster.local."));
    }

    [Test]
    public void A_name_with_its_namespace_takes_a_second_query()
    {
        DnsLookup lookup = Dns.LookUp("dock.harbor", DnsRecordType.A, "empty-bay");

        Assert.That(lookup.Queries.Select(query => query.Code), Is.EqualTo((DnsResponseCode[])[DnsResponseCode.NxDomain, DnsResponseCode.NoError]));
        Assert.That(lookup.Answer.Addresses.Single(), Is.EqualTo(IpAddress.Parse("10.96.0.1")));
    }

    [TestCase("dock.harbor.svc.cluster.local", 4, Description = "Four dots are fewer than ndots:5, so all search domains are tried first.")]
    [TestCase("dock.harbor.svc.cluster.local.", 1, Description = "A trailing dot spares the search.")]
    [TestCase("docs.example", 4)]
    [TestCase("a.b.c.d.docs.example", 1, Description = "Five dots: as it stands first.")]
    public void How_many_queries_a_name_takes(string name, int queries) =>
        Assert.That(Dns.LookUp(name, DnsRecordType.A, "harbor").Queries, Has.Length.EqualTo(queries));

    [Test]
    public void An_alias_that_leads_to_itself_ends()
    {
        Service loop = Given.Service("loop", "10.96.0.7") with { Type = ServiceType.ExternalName, ExternalName = "loop.harbor.svc.cluster.local" };
        DnsTable dns = DnsTable.Compile(Given.Cluster([], (loop, [])));

        Assert.That(dns.Resolve("loop.harbor.svc.cluster.local", DnsRecordType.A).Answers, Is.Empty);
    }

    private static Cluster Harbor()
    {
        Service dock = Given.Service("dock", "10.96.0.1") with { ClusterIPs = [IpAddress.Parse("10.96.0.1"), IpAddress.Parse("fd00:96::1")] };
        Service crane = Given.Service("crane", "10.96.0.2", port: 80) with { IsHeadless = true, ClusterIPs = [] };
        Service sea = Given.Service("sea", "10.96.0.3") with { Type = ServiceType.ExternalName, ExternalName = "sea.example", ClusterIPs = [] };
        Service alias = sea with { Meta = sea.Meta with { Name = "alias" }, ExternalName = "dock.harbor.svc.cluster.local" };
        return Given.Cluster(
            [],
            (dock, [Given.Ready("10.1.1.9", null)]),
            (crane, [Given.Ready("10.1.1.1", null) with { Hostname = "crane-0" }, Given.Ready("10.1.1.2", null), Given.Unready("10.1.1.3", null)]),
            (crane with { Meta = crane.Meta with { Name = "idle" } }, [Given.Unready("10.1.1.4", null)]),
            (sea, []),
            (alias, []));
    }
}
