using System.Text.Json;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Which Services the API server refuses, and for which field, once its defaults are filled in. The facts are those of kubernetes/kubernetes
/// pkg/apis/core/validation/validation_test.go: TestValidateServiceCreate, TestValidateServiceExternalTrafficPolicy; told of a Service of our
/// own, <c>ferry</c> in the namespace <c>harbor</c>, and asked of the <c>check</c> command.
/// </summary>
public class ServiceValidationFacts
{
    private const string Port = "ports: [{port: 80}]";

    [TestCase("name: ferry", "")]
    [TestCase("name: 7ferry", "metadata.name", Description = "a Service's name begins with a letter")]
    [TestCase("name: ferry.boat", "metadata.name")]
    [TestCase("generateName: ferry-", "")]
    [TestCase("generateName: -ferry", "metadata.generateName")]
    [TestCase("name: ferry, namespace: Harbor", "metadata.namespace")]
    [TestCase("name: ferry, labels: {pier: one}", "")]
    [TestCase("name: ferry, labels: {\"pier=1\": one}", "metadata.labels")]
    [TestCase("name: ferry, labels: {pier..x/deck: one}", "metadata.labels")]
    [TestCase("name: ferry, annotations: {\"pier 1\": anything at all}", "metadata.annotations")]
    [TestCase("name: ferry, annotations: {UPPER.example.com/Pier: x}", "", Description = "annotation keys are looked at in lower case")]
    public Task Metadata(string metadata, string fields) => Refuses(metadata, $"{{selector: {{app: ferry}}, {Port}}}", fields);

    [TestCase("{selector: {app: ferry}}", "spec.ports")]
    [TestCase("{clusterIP: None, selector: {app: ferry}}", "", Description = "headless needs no port")]
    [TestCase("{selector: {app: ferry}, ports: [{name: a, port: 80}, {port: 81}]}", "spec.ports[1].name")]
    [TestCase("{selector: {app: ferry}, ports: [{name: a, port: 80}, {name: a, port: 81}]}", "spec.ports[1].name")]
    [TestCase("{selector: {app: ferry}, ports: [{name: A, port: 80}]}", "spec.ports[0].name")]
    [TestCase("{selector: {app: ferry}, ports: [{name: a, port: 80}, {name: b, port: 80}]}", "spec.ports[1]")]
    [TestCase("{selector: {app: ferry}, ports: [{name: a, port: 80}, {name: b, port: 80, protocol: UDP}]}", "")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 0}]}", "spec.ports[0].port")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 80, protocol: ICMP}]}", "spec.ports[0].protocol")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 80, targetPort: 0}]}", "", Description = "0 is the port itself")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 80, targetPort: 65536}]}", "spec.ports[0].targetPort")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 80, targetPort: \"80\"}]}", "spec.ports[0].targetPort", Description = "a name needs a letter")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 80, appProtocol: example.com/ferry}]}", "")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 80, appProtocol: example.com/}]}", "spec.ports[0].appProtocol")]
    [TestCase("{selector: {app: ferry}, ports: [{port: 80, nodePort: 30080}]}", "spec.ports[0].nodePort", Description = "type ClusterIP has none")]
    [TestCase("{type: NodePort, selector: {app: ferry}, ports: [{name: a, port: 80, nodePort: 30080}, {name: b, port: 81, nodePort: 30080}]}", "spec.ports[1].nodePort")]
    [TestCase("{type: NodePort, selector: {app: ferry}, ports: [{name: a, port: 53, nodePort: 30080}, {name: b, port: 53, protocol: UDP, nodePort: 30080}]}", "")]
    [TestCase("{selector: {\"a b\": c}, ports: [{port: 80}]}", "spec.selector")]
    public Task Ports_and_selector(string spec, string fields) => Refuses("name: ferry", spec, fields);

    [TestCase("clusterIP: 10.96.0.300", "spec.clusterIP")]
    [TestCase("clusterIP: None, type: NodePort", "spec.clusterIP")]
    [TestCase("clusterIPs: [10.96.0.9]", "spec.clusterIPs", Description = "clusterIP must repeat the first")]
    [TestCase("clusterIP: 10.96.0.9, clusterIPs: [10.96.0.8]", "spec.clusterIPs")]
    [TestCase("clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9, 10.96.0.8]", "spec.clusterIPs", Description = "one a family")]
    [TestCase("clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9, \"fd00::9\"], ipFamilyPolicy: PreferDualStack", "")]
    [TestCase("clusterIP: None, clusterIPs: [None, 10.96.0.9]", "spec.clusterIPs")]
    [TestCase("clusterIP: \"fd00::9\", clusterIPs: [\"fd00::9\"], ipFamilies: [IPv4]", "spec.clusterIPs[0]")]
    [TestCase("ipFamilies: [IPv4, IPv4]", "spec.ipFamilies[1]")]
    [TestCase("ipFamilies: [IPv6]", "")]
    [TestCase("ipFamilyPolicy: DualStack", "spec.ipFamilyPolicy")]
    public Task Cluster_IPs_and_families(string fields, string refused) => Refuses("name: ferry", $"{{{fields}, selector: {{app: ferry}}, {Port}}}", refused);

    [TestCase("externalName: ferry.example.com.", "", Description = "a dot at the end is the root")]
    [TestCase("externalName: ferry.example.com..", "spec.externalName")]
    [TestCase("externalName: ferry_1", "spec.externalName")]
    [TestCase("selector: {app: ferry}", "spec.externalName")]
    [TestCase("externalName: ferry.example.com, clusterIP: 10.96.0.9", "spec.clusterIP")]
    [TestCase("externalName: ferry.example.com, clusterIP: \"\"", "")]
    [TestCase("externalName: ferry.example.com, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack", "spec.ipFamilies spec.ipFamilyPolicy")]
    [TestCase("externalName: ferry.example.com, externalTrafficPolicy: Local", "spec.externalTrafficPolicy")]
    public Task External_names(string fields, string refused) => Refuses("name: ferry", $"{{type: ExternalName, {fields}}}", refused);

    [TestCase("type: LoadBalancer, loadBalancerSourceRanges: [\" 10.0.0.0/8 \"]", "", Description = "blanks around a block are allowed")]
    [TestCase("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/33]", "spec.loadBalancerSourceRanges[0]")]
    [TestCase("type: NodePort, loadBalancerSourceRanges: [10.0.0.0/8]", "spec.loadBalancerSourceRanges")]
    [TestCase("type: NodePort, loadBalancerSourceRanges: []", "")]
    [TestCase("type: NodePort, allocateLoadBalancerNodePorts: true", "spec.allocateLoadBalancerNodePorts")]
    [TestCase("type: LoadBalancer, loadBalancerClass: example.com/harbor", "")]
    [TestCase("type: LoadBalancer, loadBalancerClass: Harbor_", "spec.loadBalancerClass")]
    [TestCase("type: ClusterIP, loadBalancerClass: example.com/harbor", "spec.loadBalancerClass")]
    [TestCase("type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000", "")]
    [TestCase("type: LoadBalancer, externalTrafficPolicy: Cluster, healthCheckNodePort: 31000", "spec.healthCheckNodePort")]
    [TestCase("type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 65536", "spec.healthCheckNodePort")]
    [TestCase("type: ClusterIP, externalTrafficPolicy: Local", "spec.externalTrafficPolicy")]
    [TestCase("type: ClusterIP, externalTrafficPolicy: Local, externalIPs: [192.0.2.9]", "", Description = "external IPs make it reachable from outside")]
    [TestCase("type: NodePort, externalTrafficPolicy: Nearby", "spec.externalTrafficPolicy")]
    [TestCase("internalTrafficPolicy: Nearby", "spec.internalTrafficPolicy")]
    [TestCase("trafficDistribution: PreferSameNode", "")]
    [TestCase("trafficDistribution: PreferFar", "spec.trafficDistribution")]
    [TestCase("externalIPs: [192.0.2.9, 169.254.0.7]", "spec.externalIPs[1]")]
    [TestCase("externalIPs: [\"ff02::5\"]", "spec.externalIPs[0]")]
    [TestCase("externalIPs: [0.0.0.0]", "spec.externalIPs[0]")]
    [TestCase("sessionAffinity: ClientIP", "", Description = "the default timeout is filled in")]
    [TestCase("sessionAffinity: Cookie", "spec.sessionAffinity")]
    [TestCase("sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}", "spec.sessionAffinityConfig.clientIP.timeoutSeconds")]
    [TestCase("sessionAffinity: None, sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}", "", Description = "without affinity the defaults drop it")]
    public Task Exposure(string fields, string refused) => Refuses("name: ferry", $"{{{fields}, selector: {{app: ferry}}, {Port}}}", refused);

    [TestCase("service.kubernetes.io/topology-mode: Auto, service.kubernetes.io/topology-aware-hints: Disabled", "ClusterIP", "metadata.annotations[service.kubernetes.io/topology-mode]")]
    [TestCase("service.kubernetes.io/topology-mode: Auto, service.kubernetes.io/topology-aware-hints: Auto", "ClusterIP", "")]
    [TestCase("service.beta.kubernetes.io/load-balancer-source-ranges: \"10.0.0.0/8, 192.0.2.0/24\"", "LoadBalancer", "")]
    [TestCase("service.beta.kubernetes.io/load-balancer-source-ranges: \" \"", "LoadBalancer", "")]
    [TestCase("service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0", "LoadBalancer", "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]")]
    [TestCase("service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8", "NodePort", "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]")]
    public Task Annotations_that_are_settings(string annotations, string type, string refused) =>
        Refuses($"name: ferry, annotations: {{{annotations}}}", $"{{type: {type}, selector: {{app: ferry}}, {Port}}}", refused);

    private static async Task Refuses(string metadata, string spec, string fields)
    {
        TestConsole console = new();
        string space = metadata.Contains("namespace:", StringComparison.Ordinal) ? "" : ", namespace: harbor";

        await console.RunWithInputAsync($"{{apiVersion: v1, kind: Service, metadata: {{{metadata}{space}}}, spec: {spec}}}", "check", "-", "-o", "json");

        JsonElement[] errors = [.. JsonDocument.Parse(console.Output).RootElement.EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == "error")];
        Assert.That(string.Join(' ', errors.Select(error => error.GetProperty("field").GetString())), Is.EqualTo(fields), console.Output);
    }
}
