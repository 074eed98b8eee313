using System.Text;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// How many rules kube-proxy writes in iptables mode, asked of <c>kubenetsim rules</c>. The numbers are facts of kubernetes/kubernetes
/// pkg/proxy/iptables/number_generated_rules_test.go TestNumberIptablesRules and proxier_test.go TestOverallIPTablesRules. Since 1.33 a
/// comment ends each KUBE-FW chain, one rule more than there; rules that count packets need the nfacct tool and are not written here.
/// </summary>
public class RulesCommandFacts
{
    private const string Nodes = """
        {apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, mode: iptables, iptables: {localhostNodePorts: LOCALHOST}}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: pier-1}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}

        """;

    [TestCase(0, 0, 5, 3)]
    [TestCase(1, 0, 5, 4)]
    [TestCase(1, 1, 10, 3)]
    [TestCase(1, 2, 13, 3)]
    [TestCase(1, 10, 37, 3)]
    [TestCase(10, 0, 5, 13)]
    [TestCase(10, 1, 55, 3)]
    [TestCase(10, 2, 85, 3)]
    [TestCase(10, 10, 325, 3)]
    public async Task Cluster_IPs(int services, int endpoints, int nat, int filter) =>
        Assert.That(await Count(Manifest(services, i => Port(i, "ClusterIP"), endpoints)), Is.EqualTo((nat, filter)));

    [TestCase(0, 0, 5, 3)]
    [TestCase(1, 0, 5, 7)]
    [TestCase(1, 1, 16, 4)]
    [TestCase(1, 2, 19, 4)]
    [TestCase(1, 10, 43, 4)]
    [TestCase(10, 0, 5, 43)]
    [TestCase(10, 1, 115, 13)]
    [TestCase(10, 2, 145, 13)]
    [TestCase(10, 10, 385, 13)]
    public async Task Load_balancers_with_external_IPs_node_ports_and_source_ranges(int services, int endpoints, int nat, int filter)
    {
        string manifest = Manifest(services, i => Port(i, "LoadBalancer", $"nodePort: {30_000 + i}",
            $"externalIPs: [203.0.113.{100 + i}], loadBalancerSourceRanges: [198.51.100.0/25]", balancer: $"203.0.113.{i}"), endpoints);

        int ends = endpoints > 0 ? services : 0;
        Assert.That(await Count(manifest), Is.EqualTo((nat + ends, filter)));
    }

    [Test]
    public async Task Six_services_of_six_kinds()
    {
        string manifest =
            Service(1, Port(1, "ClusterIP"), endpoints: 1)
            + Service(2, Port(2, "LoadBalancer", "nodePort: 30002",
                "externalIPs: [203.0.113.102], externalTrafficPolicy: Local, healthCheckNodePort: 30100", balancer: "203.0.113.2"), endpoints: 1)
            + Service(3, Port(3, "NodePort", "nodePort: 30003"), endpoints: 1)
            + Service(4, Port(4, "ClusterIP", "", "externalIPs: [203.0.113.104]"), endpoints: 2)
            + Service(5, Port(5, "LoadBalancer", "nodePort: 30005",
                "sessionAffinity: ClientIP, loadBalancerSourceRanges: [198.51.100.0/25]", balancer: "203.0.113.5"), endpoints: 1)
            + Service(6, Port(6, "ClusterIP"), endpoints: 0);

        const int NodePortsThatArePacketCounted = 3;
        Assert.That(await Count(manifest, localhost: true), Is.EqualTo((55 - NodePortsThatArePacketCounted, 10)));
    }

    // What a cluster has by itself (its API server and DNS) is counted apart and left out.
    private static async Task<(int Nat, int Filter)> Count(string manifest, bool localhost = false)
    {
        string nodes = Nodes.Replace("LOCALHOST", localhost ? "true" : "false", StringComparison.Ordinal);
        (int Nat, int Filter) own = (0, 0);
        foreach (string system in (string[])["default/kubernetes", "kube-system/kube-dns"])
        {
            // The jump to the node ports is printed for one Service, too.
            (int nat, int filter) = await Print(nodes, "--service", system);
            own = (own.Nat + nat - 1, own.Filter + filter);
        }
        (int Nat, int Filter) all = await Print(nodes + manifest);
        return (all.Nat - own.Nat, all.Filter - own.Filter);
    }

    // The jumps from the kernel's own chains are not counted upstream either.
    private static async Task<(int Nat, int Filter)> Print(string input, params string[] arguments)
    {
        TestConsole console = new();
        int code = await console.RunWithInputAsync(input, ["rules", "-", "--node", "pier-1", .. arguments]);
        Assert.That(code, Is.Zero, console.Error);
        string[] tables = console.Output.Split("*filter");
        return (OwnRules(tables[0]), OwnRules(tables[1]));
    }

    private static int OwnRules(string table) => table.Split('\n').Count(line => line.StartsWith("-A KUBE-", StringComparison.Ordinal));

    private static string Manifest(int services, Func<int, string> spec, int endpoints) =>
        string.Concat(Enumerable.Range(1, services).Select(i => Service(i, spec(i), endpoints)));

    private static string Port(int number, string type, string port = "", string more = "", string? balancer = null)
    {
        string status = balancer is null ? "" : $", status: {{loadBalancer: {{ingress: [{{ip: {balancer}}}]}}}}";
        return $"spec: {{type: {type}, clusterIP: 10.96.7.{number}, ports: [{{name: web, port: 80, {port}}}], {more}}}{status}";
    }

    private static string Service(int number, string spec, int endpoints)
    {
        StringBuilder manifest = new();
        manifest.Append("---\n{apiVersion: v1, kind: Service, metadata: {name: dock-").Append(number).Append(", namespace: harbor}, ").Append(spec).Append("}\n");
        manifest.Append("---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: dock-").Append(number)
            .Append(", namespace: harbor, labels: {kubernetes.io/service-name: dock-").Append(number)
            .Append("}}, addressType: IPv4, ports: [{name: web, port: 8080}], endpoints: [")
            .AppendJoin(", ", Enumerable.Range(1, endpoints).Select(i => $"{{addresses: [10.1.{number}.{i}], nodeName: elsewhere}}")).Append("]}\n");
        return manifest.ToString();
    }
}
