using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>What <c>kubectl get -o yaml</c> prints is input like any other: with status, managedFields and kinds that play no part.</summary>
internal sealed class LiveClusterTests
{
    private static readonly ScenarioReading Read = ScenarioReader.Read([Reading.ValidFile("kubectl-get.yaml")], null);

    private static ClusterObjects Objects => Reading.Usable(Read).Objects;

    [Test]
    public void A_kind_that_plays_no_part_is_named_once()
    {
        Problem problem = Read.Problems.Single();
        Assert.That(problem.Severity, Is.EqualTo(Severity.Info));
        Assert.That(problem.Message, Is.EqualTo("Objects of kind ConfigMap (v1) have no part in the simulation and are ignored"));
        Assert.That(Read.Scenario, Is.Not.Null);
    }

    [Test]
    public void A_pod_has_the_node_the_addresses_and_the_readiness_of_its_status()
    {
        Pod pod = Objects.Pods.Single();
        Assert.That(pod.NodeName, Is.EqualTo("kind-worker"));
        Assert.That(string.Join(" ", pod.Addresses), Is.EqualTo("10.244.1.3 fd00:10:244:1::3"));
        Assert.That(pod.Ready, Is.False);
        Assert.That(pod.OwnedBy, Is.EqualTo("ReplicaSet/web-5f7c9b8d6"));
    }

    [Test]
    public void A_service_has_what_the_cluster_allocated()
    {
        Service service = Objects.Services.Single();
        Assert.That(service.ClusterIPs.Single().ToString(), Is.EqualTo("10.96.120.7"));
        Assert.That(service.Ports.Single(), Is.EqualTo(new ServicePort { Name = "http", Port = 80, TargetPortName = "http", NodePort = 30443 }));
        Assert.That(service.ExternalTrafficPolicy, Is.EqualTo(TrafficPolicy.Local));
        Assert.That(service.HealthCheckNodePort, Is.EqualTo(31234));
        Assert.That(service.LoadBalancerIngress.Single().Ip.ToString(), Is.EqualTo("172.18.255.1"));
        Assert.That(service.AffinitySeconds, Is.Null);
    }

    [Test]
    public void A_node_has_what_can_be_allocated_on_it()
    {
        Node node = Objects.Nodes.Single();
        Assert.That((node.AllocatableMilliCpu, node.AllocatableMemoryBytes, node.AllocatablePods), Is.EqualTo((8_000L, 16_374_640L << 10, 110)));
        Assert.That(node.InternalAddresses.Single().ToString(), Is.EqualTo("172.18.0.2"));
        Assert.That(node.PodCidrs.Single().ToString(), Is.EqualTo("10.244.1.0/24"));
    }

    [Test]
    public void A_limit_without_a_request_is_the_request()
    {
        PodSpec template = Objects.Controllers.Single().Template;
        Assert.That((template.RequestedMilliCpu, template.RequestedMemoryBytes), Is.EqualTo((1_000L, 128L << 20)));
    }

    [Test]
    public void A_slice_keeps_its_conditions_and_the_pod_behind_each_endpoint()
    {
        EndpointSlice slice = Objects.EndpointSlices.Single();
        Assert.That(slice.ServiceName, Is.EqualTo("web"));
        Assert.That(slice.Endpoints.Single().IsReady, Is.False);
        Assert.That(slice.Endpoints.Single().PodName, Is.EqualTo("default/web-5f7c9b8d6-x2x9k"));
    }

    [Test]
    public void An_object_knows_where_its_fields_stand()
    {
        string[] lines = File.ReadAllLines(Reading.ValidFile("kubectl-get.yaml"));
        SourcePosition position = Objects.Services.Single().Meta.Origin.Of("spec.ports[0].nodePort");
        Assert.That(lines[position.Line - 1][(position.Column - 1)..], Is.EqualTo("30443"));
    }
}
