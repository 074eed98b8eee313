using System.Text;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>A cluster with Services of every kind that DNS tells apart, in namespace <c>orchard</c>; namespace <c>fallow</c> is empty.</summary>
internal static class Orchard
{
    public const string Objects = """
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
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: mill-1, namespace: orchard, labels: {kubernetes.io/service-name: mill}}, ports: [{port: 9000}], endpoints: [{addresses: [10.244.0.7], hostname: cider}, {addresses: [10.96.7.2]}]}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: must-1, namespace: orchard, labels: {kubernetes.io/service-name: must}}, ports: [{port: 9000}], endpoints: [{addresses: [10.244.0.7], hostname: cider}]}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: stumps-1, namespace: orchard, labels: {kubernetes.io/service-name: stumps}}, ports: [], endpoints: [{addresses: [10.244.0.20]}]}
        """;

    public static DnsTable Compile(string objects) => DnsTable.Compile(Reconcile(objects), DnsTable.DefaultDomain, ["orchard", "fallow"]);

    public static Cluster Reconcile(string objects)
    {
        ScenarioReading reading = ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(objects)));
        Assert.That(reading.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
        return ControlPlane.Reconcile(reading.Scenario!.Objects, reading.Scenario.Cluster).Cluster;
    }
}
