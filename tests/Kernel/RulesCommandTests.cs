using KubeNetSim.Tests.Architecture;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Kernel;

/// <summary>What <c>kubenetsim rules</c> prints is taken, whole and as it stands, by the programs whose format it has.</summary>
public class RulesCommandTests
{
    // Everything that a Service may have, in both families.
    private const string Manifest = """
        {apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: kubernetes}, spec: {cidrs: [10.96.0.0/16, "fd00:96::/112"]}}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: pier-1}
        spec: {podCIDRs: [10.1.1.0/24, "fd00:1::/64"]}
        status: {addresses: [{type: InternalIP, address: 192.0.2.1}, {type: InternalIP, address: "2001:db8::1"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: dock, namespace: harbor}
        spec:
          type: LoadBalancer
          ipFamilyPolicy: RequireDualStack
          clusterIP: 10.96.0.41
          clusterIPs: [10.96.0.41, "fd00:96::41"]
          externalIPs: [203.0.113.55, "2001:db8:c::55"]
          externalTrafficPolicy: Local
          healthCheckNodePort: 30111
          sessionAffinity: ClientIP
          loadBalancerSourceRanges: [198.51.100.0/24, 198.51.100.7/32, 192.0.2.0/24, "2001:db8::/32"]
          ports:
          - {name: web, port: 80, nodePort: 30080}
          - {name: dns, port: 53, nodePort: 30053, protocol: UDP}
          - {name: assoc, port: 80, nodePort: 30080, protocol: SCTP}
        status: {loadBalancer: {ingress: [{ip: 203.0.113.7}, {ip: "2001:db8:d::7"}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: empty, namespace: harbor}, spec: {type: NodePort, clusterIP: 10.96.0.42, ports: [{port: 80, nodePort: 30081}]}}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: dock-4, namespace: harbor, labels: {kubernetes.io/service-name: dock}}
        addressType: IPv4
        ports: [{name: web, port: 8080}, {name: dns, port: 5353, protocol: UDP}, {name: assoc, port: 8080, protocol: SCTP}]
        endpoints: [{addresses: [10.1.1.1], nodeName: pier-1}, {addresses: [10.1.2.1], nodeName: pier-2}]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: dock-6, namespace: harbor, labels: {kubernetes.io/service-name: dock}}
        addressType: IPv6
        ports: [{name: web, port: 8080}, {name: dns, port: 5353, protocol: UDP}, {name: assoc, port: 8080, protocol: SCTP}]
        endpoints: [{addresses: ["fd00:1::1"], nodeName: pier-1}, {addresses: ["fd00:2::1"], nodeName: pier-2}]
        """;

    private static readonly string[] Samples = [.. Directory.GetDirectories(RepositoryRoot.Combine("samples")).Select(path => Path.GetFileName(path)).Order()];

    [TestCaseSource(typeof(Backend), nameof(Backend.All))]
    public async Task A_dual_stack_service_with_everything(object backend)
    {
        string listing = await Print((Backend)backend, "pier-1", "-");

        MustBeTaken((Backend)backend, listing);
    }

    [TestCaseSource(typeof(Backend), nameof(Backend.All))]
    public async Task The_rules_of_one_service_alone(object backend)
    {
        string listing = await Print((Backend)backend, "pier-1", "-", "--service", "harbor/dock");

        MustBeTaken((Backend)backend, listing);
    }

    [Test]
    public async Task Every_sample([ValueSource(nameof(Samples))] string sample)
    {
        TestConsole console = new();
        int code = await console.RunAsync("rules", RepositoryRoot.Combine("samples", sample), "--node", "node-1");
        Backend backend = console.Output.StartsWith("table", StringComparison.Ordinal) ? Backend.Nftables : Backend.Nft;

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        MustBeTaken(backend, console.Output);
    }

    [Test]
    public async Task What_the_kernel_has_taken_is_what_was_printed([ValueSource(typeof(Backend), nameof(Backend.OfIptables))] object backend)
    {
        Machine.MustRun((Backend)backend);
        using NetworkNamespace node = new();
        string listing = await Print((Backend)backend, "pier-1", "-");
        string[] programs = ((Backend)backend).Restore;
        foreach (string program in programs)
            node.Command(program, "", listing);

        int printed = listing.Split('\n').Count(line => line.StartsWith("-A ", StringComparison.Ordinal));
        int saved = programs.Sum(program => node.Command(program.Replace("restore", "save", StringComparison.Ordinal), "")
            .Split('\n').Count(line => line.StartsWith("-A ", StringComparison.Ordinal)));

        Assert.That(saved, Is.EqualTo(printed));
    }

    [Test]
    public async Task Virtual_servers_are_those_that_ipvsadm_shows_again()
    {
        if (!File.Exists("/proc/net/ip_vs"))
            Assert.Ignore("this kernel has no ip_vs: what is printed in IPVS mode is held against ipvsadm's grammar only");
        Machine.MustRun(Backend.Nft);
        using NetworkNamespace node = new();
        string listing = await Print(ProxyModeNames.Ipvs, "pier-1", "-");

        node.Command("ipvsadm", "-R", listing);

        string[] saved = node.Command("ipvsadm", "-Sn").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(saved.Select(line => line.Trim()), Is.EquivalentTo(listing.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static void MustBeTaken(Backend backend, string listing)
    {
        Machine.MustRun(backend);
        using NetworkNamespace node = new();
        foreach (string program in backend.Readers(listing))
        {
            string trial = backend == Backend.Nftables ? "-c -f -" : "--test";
            Assert.That(node.TryCommand(program, trial, listing), Is.EqualTo((0, "")), program);
        }
    }

    private static Task<string> Print(Backend backend, params string[] arguments) => Print(backend.Mode, arguments);

    private static async Task<string> Print(string mode, params string[] arguments)
    {
        string configuration = $"{{apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, mode: {mode}}}\n---\n";
        TestConsole console = new();
        int code = await console.RunWithInputAsync(configuration + Manifest, ["rules", "--node", .. arguments]);
        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        return console.Output;
    }
}
