using System.Text;
using KubeNetSim.DataPlane;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// What cluster DNS answers. The facts are those of coredns/coredns plugin/kubernetes handler_test.go, headless and external tests beside it,
/// reverse_test.go, handler_pod_insecure_test.go and parse_test.go, and of kubernetes/dns docs/specification.md 1.1.0.
/// </summary>
public sealed class DnsFacts
{
    private const string Objects = """
        {apiVersion: v1, kind: Namespace, metadata: {name: orchard}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: fallow}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: press, namespace: orchard}, spec: {clusterIP: 10.96.7.1, ports: [{name: juice, port: 80, targetPort: 8080}, {name: pulp, port: 81, protocol: UDP}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: mill, namespace: orchard}, spec: {clusterIP: 10.96.7.2, ports: [{port: 9000}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: trees, namespace: orchard}, spec: {clusterIP: None, ports: [{name: juice, port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: stumps, namespace: orchard}, spec: {clusterIP: None}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: bare, namespace: orchard}, spec: {clusterIP: None, ports: [{name: juice, port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: market, namespace: orchard}, spec: {type: ExternalName, externalName: stall.example.org}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: cellar, namespace: orchard}, spec: {type: ExternalName, externalName: press.orchard.svc.cluster.local}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: nowhere, namespace: orchard}, spec: {type: ExternalName, externalName: gone.orchard.svc.cluster.local}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: number, namespace: orchard}, spec: {type: ExternalName, externalName: 192.0.2.9}}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: press-1, namespace: orchard, labels: {kubernetes.io/service-name: press}}, ports: [{name: juice, port: 8080}], endpoints: [{addresses: [10.244.0.5]}]}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: trees-1, namespace: orchard, labels: {kubernetes.io/service-name: trees}}, ports: [{name: juice, port: 80}], endpoints: [{addresses: [10.244.0.1], hostname: apple}, {addresses: [10.244.0.2]}, {addresses: [10.244.0.3], conditions: {ready: false}}, {addresses: [10.244.0.4], conditions: {ready: false, serving: true, terminating: true}}]}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv6, metadata: {name: trees-2, namespace: orchard, labels: {kubernetes.io/service-name: trees}}, ports: [{name: juice, port: 80}], endpoints: [{addresses: ["fd00:1::1"], hostname: apple}, {addresses: ["fd00:1::2"]}]}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: stumps-1, namespace: orchard, labels: {kubernetes.io/service-name: stumps}}, ports: [], endpoints: [{addresses: [10.244.0.20]}]}
        """;

    private static readonly DnsTable Dns = Compile(Objects);

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
    [TestCase("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa", DnsRecordType.PTR, "PTR apple.trees.orchard.svc.cluster.local.")]
    [TestCase("192-0-2-7.orchard.pod.cluster.local", DnsRecordType.A, "A 192.0.2.7", Description = "pods insecure: any address that the name spells")]
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
    public void Names_that_do_not_exist(string name) =>
        Assert.That(Dns.Resolve(name, DnsRecordType.A), Has.Property(nameof(DnsAnswer.Code)).EqualTo(DnsResponseCode.NxDomain));

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
        DnsTable dns = Compile("""
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
        Cluster cluster = Reconcile($"{Objects}\n---\n{{apiVersion: v1, kind: Pod, metadata: {{name: asker, namespace: default}}, spec: {{{says} containers: [{{name: c, image: c}}]}}}}");
        DnsTable dns = DnsTable.Compile(cluster);
        return dns.LookUp(name, DnsRecordType.A, dns.ResolverOf(cluster.Pods.Single(pod => pod.Meta.Name == "asker")));
    }

    private static DnsTable Compile(string objects) => DnsTable.Compile(Reconcile(objects), DnsTable.DefaultDomain, "orchard", "fallow");

    private static Cluster Reconcile(string objects)
    {
        ScenarioReading reading = ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(objects)));
        Assert.That(reading.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
        return ControlPlane.Reconcile(reading.Scenario!.Objects, reading.Scenario.Cluster).Cluster;
    }
}
