using System.Text.Json;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Which EndpointSlices the API server refuses. The facts are those of kubernetes/kubernetes pkg/apis/discovery/validation/validation_test.go:
/// TestValidateEndpointSlice; told of a slice of our own, and asked of the <c>check</c> command.
/// </summary>
public class EndpointSliceValidationFacts
{
    [TestCase("addressType: IPv4, ports: [{name: http, port: 8080}], endpoints: [{addresses: [10.1.2.3], hostname: deck-1}]", "")]
    [TestCase("addressType: IP, endpoints: [{addresses: [10.1.2.3]}]", "addressType")]
    [TestCase("endpoints: [{addresses: [10.1.2.3]}]", "addressType")]
    [TestCase("addressType: IPv4, endpoints: [{addresses: []}]", "endpoints[0].addresses")]
    [TestCase("addressType: IPv4, endpoints: [{addresses: [\"fd00::1\"]}]", "endpoints[0].addresses[0]")]
    [TestCase("addressType: IPv4, endpoints: [{addresses: [127.0.0.1]}]", "endpoints[0].addresses[0]")]
    [TestCase("addressType: IPv6, endpoints: [{addresses: [\"fe80::9\"]}]", "endpoints[0].addresses[0]")]
    [TestCase("addressType: FQDN, endpoints: [{addresses: [deck.example.com]}]", "")]
    [TestCase("addressType: FQDN, endpoints: [{addresses: [deck]}]", "endpoints[0].addresses[0]")]
    [TestCase("addressType: IPv4, ports: [{name: http, port: 80}, {name: http, port: 81}], endpoints: [{addresses: [10.1.2.3]}]", "ports[1].name")]
    [TestCase("addressType: IPv4, ports: [{port: 80}, {port: 81}], endpoints: [{addresses: [10.1.2.3]}]", "ports[1].name")]
    [TestCase("addressType: IPv4, ports: [{name: Deck_1, port: 80}], endpoints: [{addresses: [10.1.2.3]}]", "ports[0].name")]
    [TestCase("addressType: IPv4, ports: [{port: 80, protocol: tcp}], endpoints: [{addresses: [10.1.2.3]}]", "ports[0].protocol")]
    [TestCase("addressType: IPv4, ports: [{port: 80, appProtocol: 1/2/3}], endpoints: [{addresses: [10.1.2.3]}]", "ports[0].appProtocol")]
    [TestCase("addressType: IPv4, endpoints: [{addresses: [10.1.2.3], hostname: Deck_1}]", "endpoints[0].hostname")]
    [TestCase("addressType: IPv4, endpoints: [{addresses: [10.1.2.3], nodeName: Node_1}]", "endpoints[0].nodeName")]
    [TestCase("addressType: IPv4, endpoints: [{addresses: [10.1.2.3], hints: {forZones: [{name: a}, {name: a}]}}]", "endpoints[0].hints.forZones[1].name")]
    [TestCase("addressType: IPv4, endpoints: [{addresses: [10.1.2.3], hints: {forZones: [{name: a!}]}}]", "endpoints[0].hints.forZones[0].name")]
    public async Task A_slice_is_refused_for_these_fields(string slice, string fields)
    {
        TestConsole console = new();

        await console.RunWithInputAsync($"{{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {{name: deck-1, namespace: harbor}}, {slice}}}", "check", "-", "-o", "json");

        JsonElement[] errors = [.. JsonDocument.Parse(console.Output).RootElement.EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == "error")];
        Assert.That(string.Join(' ', errors.Select(error => error.GetProperty("field").GetString())), Is.EqualTo(fields), console.Output);
    }

    [TestCase(100, 1_000, "")]
    [TestCase(101, 1, "endpoints[0].addresses")]
    [TestCase(1, 1_001, "endpoints")]
    public async Task A_slice_has_at_most_1000_endpoints_of_100_addresses(int addresses, int endpoints, string fields)
    {
        string endpoint = $"{{\"addresses\": [{string.Join(',', Enumerable.Range(1, addresses).Select(number => $"\"10.1.{number}.1\""))}]}}";
        string list = string.Join(',', Enumerable.Repeat(endpoint, endpoints));

        await A_slice_is_refused_for_these_fields($"addressType: IPv4, endpoints: [{list}]", fields);
    }
}
