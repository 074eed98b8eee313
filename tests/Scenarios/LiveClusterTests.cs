using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>What <c>kubectl get -o yaml</c> prints of a running cluster is read as it stands.</summary>
internal sealed class LiveClusterTests
{
    private static readonly ScenarioReading Live = ScenarioReader.Read([RepositoryRoot.Combine("tests", "Scenarios", "Live", "cluster.yaml")], null);

    private static ClusterObjects Objects => Live.Scenario!.Objects;

    [Test]
    public void Nothing_is_wrong_and_only_what_has_no_part_in_the_network_is_ignored()
    {
        Assert.That(Reading.Errors(Live), Is.Empty);
        Assert.That(Live.Problems.Single().Message, Is.EqualTo("Objects of kind ConfigMap (v1) have no part in the simulation and are ignored"));
    }

    [Test]
    public void Nodes_have_what_their_status_and_labels_say()
    {
        Node node = Objects.Nodes[0];

        Assert.That(node.Meta.Name, Is.EqualTo("worker-1"));
        Assert.That(node.Zone, Is.EqualTo("eu-central-1a"));
        Assert.That(node.Region, Is.EqualTo("eu-central-1"));
        Assert.That(node.InternalAddresses, Is.EqualTo(new[] { IpAddress.Parse("192.168.49.3") }));
        Assert.That(node.ExternalAddresses, Is.EqualTo(new[] { IpAddress.Parse("203.0.113.10") }));
        Assert.That(node.PodCidrs.Single().ToString(), Is.EqualTo("10.244.1.0/24"));
        Assert.That(node.AllocatableMilliCpu, Is.EqualTo(3_920));
        Assert.That(node.AllocatableMemoryBytes, Is.EqualTo(14_961L << 20));
        Assert.That(node.AllocatablePods, Is.EqualTo(58));
        Assert.That(node.Taints, Is.EqualTo(new[] { new Taint("example.com/spot", "true", "PreferNoSchedule") }));
        Assert.That(node.Ready, Is.True);
        Assert.That(node.Unschedulable, Is.False);
    }

    [Test]
    public void A_node_whose_Ready_condition_is_Unknown_is_not_ready()
    {
        Assert.That(Objects.Nodes[1].Ready, Is.False);
        Assert.That(Objects.Nodes[1].Unschedulable, Is.True);
    }

    [Test]
    public void Controllers_keep_their_owners_and_their_pods_requests()
    {
        PodController deployment = Objects.Controllers.Single(controller => controller.Kind == PodControllerKind.Deployment);
        PodController replicas = Objects.Controllers.Single(controller => controller.Kind == PodControllerKind.ReplicaSet);

        Assert.That(deployment.Meta.FullName, Is.EqualTo("shop/web"));
        Assert.That(deployment.Replicas, Is.EqualTo(2));
        Assert.That(deployment.Template.Ports, Is.EqualTo(new[] { new ContainerPort("http", 8_080, Protocol.TCP) }));
        Assert.That(deployment.Template.RequestedMilliCpu, Is.EqualTo(250));
        Assert.That(deployment.Template.RequestedMemoryBytes, Is.EqualTo(128L << 20));
        Assert.That(deployment.OwnedBy, Is.Null);
        Assert.That(replicas.OwnedBy, Is.EqualTo("Deployment/web"));
    }

    [Test]
    public void Pods_keep_their_place_their_addresses_and_their_condition()
    {
        Pod running = Objects.Pods[0];
        Pod leaving = Objects.Pods[1];

        Assert.That(running.NodeName, Is.EqualTo("worker-1"));
        Assert.That(running.Addresses, Is.EqualTo(new[] { IpAddress.Parse("10.244.1.7") }));
        Assert.That(running.OwnedBy, Is.EqualTo("ReplicaSet/web-5d4f8c7b9"));
        Assert.That((running.Ready, running.Terminating), Is.EqualTo((true, false)));
        Assert.That((leaving.Ready, leaving.Terminating), Is.EqualTo((false, true)));
        Assert.That(running.Spec.Tolerations, Is.EqualTo(new[] { new Toleration("node.kubernetes.io/not-ready", true, "", "NoExecute") }));
    }

    [Test]
    public void A_Service_keeps_what_was_allocated_to_it()
    {
        Service service = Objects.Services.Single();

        Assert.That(service.Type, Is.EqualTo(ServiceType.LoadBalancer));
        Assert.That(service.ClusterIPs, Is.EqualTo(new[] { IpAddress.Parse("10.100.20.30") }));
        Assert.That(service.ExternalTrafficPolicy, Is.EqualTo(TrafficPolicy.Local));
        Assert.That(service.HealthCheckNodePort, Is.EqualTo(31_555));
        Assert.That(service.Ports.Single(), Is.EqualTo(new ServicePort { Name = "http", Port = 80, TargetPortName = "http", NodePort = 30_080 }));
        Assert.That(service.AffinitySeconds, Is.Null);
        Assert.That(service.LoadBalancerClass, Is.EqualTo("service.k8s.aws/nlb"));
        Assert.That(service.LoadBalancerIngress.Single().Hostname, Does.StartWith("k8s-shop-web-"));
    }

    [Test]
    public void Endpoints_and_slices_keep_their_conditions_and_hints()
    {
        EndpointSlice slice = Objects.EndpointSlices.Single();
        EndpointSubset subset = Objects.Endpoints.Single().Subsets.Single();

        Assert.That(slice.Ports, Is.EqualTo(new[] { new EndpointPort("http", 8_080, Protocol.TCP, null) }));
        Assert.That(slice.Endpoints.Select(endpoint => (endpoint.IsReady, endpoint.IsServing, endpoint.IsTerminating)), Is.EqualTo(new[] { (true, true, false), (false, false, true) }));
        Assert.That(slice.Endpoints[0].ZoneHints.Single(), Is.EqualTo("eu-central-1a"));
        Assert.That(slice.Endpoints[0].PodName, Is.EqualTo("shop/web-5d4f8c7b9-abcde"));
        Assert.That(subset.Addresses.Select(address => (address.Addresses[0].ToString(), address.IsReady)), Is.EqualTo(new[] { ("10.244.1.7", true), ("10.244.2.9", false) }));
    }

    [Test]
    public void Every_object_knows_where_it_was_written()
    {
        Service service = Objects.Services.Single();
        string[] lines = File.ReadAllLines(service.Meta.Origin.Start.File);

        Assert.That(lines[service.Meta.Origin.Start.Line], Does.Contain("kind: Service"));
        Assert.That(lines[service.Meta.Origin.Of("spec.ports[0].nodePort").Line - 1], Does.Contain("nodePort: 30080"));
    }
}
