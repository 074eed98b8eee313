using System.Text.Json;
using CsCheck;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>What holds in every cluster, whatever is in it.</summary>
public class ControlPlaneProperties
{
    private const int Many = 2_000;

    private static readonly ClusterSettings Settings = Made.Bare with { Cloud = CloudProvider.Gcp };

    [Test]
    public void Every_pod_is_placed_where_a_scheduler_that_looks_at_everything_places_it() => AnyCluster.WithoutDaemons.Sample(objects =>
    {
        Cluster cluster = objects.Reconciled().Cluster;

        return PlainScheduler.Place(objects.Nodes, cluster.Pods).SequenceEqual(cluster.Pods.Select(pod => pod.NodeName));
    }, iter: Many);

    [Test]
    public void No_node_has_more_than_it_has_room_for() => AnyCluster.Objects.Sample(objects => objects.Reconciled().Cluster is var cluster
        && cluster.Nodes.All(node => cluster.Pods.Where(pod => pod.NodeName == node.Meta.Name).ToList() is var here
            && here.Count <= node.AllocatablePods && here.Sum(pod => pod.Spec.RequestedMilliCpu) <= node.AllocatableMilliCpu), iter: Many);

    [Test]
    public void No_address_node_port_or_name_is_given_twice() => AnyCluster.Objects.Sample(objects =>
    {
        Cluster cluster = objects.Reconciled(Settings).Cluster;
        List<IpAddress> addresses =
        [
            .. cluster.Nodes.SelectMany(node => node.InternalAddresses), .. cluster.Pods.SelectMany(pod => pod.Addresses),
            .. cluster.Services.SelectMany(service => service.ClusterIPs), .. cluster.Services.SelectMany(service => service.LoadBalancerIngress).Select(ingress => ingress.Ip!.Value),
        ];
        List<int> ports = [.. cluster.Services.SelectMany(service => service.Ports.Select(port => port.NodePort).Append(service.HealthCheckNodePort)).Where(port => port > 0)];
        return addresses.Distinct().Count() == addresses.Count && ports.Distinct().Count() == ports.Count
            && cluster.Pods.DistinctBy(pod => pod.Meta.Name).Count() == cluster.Pods.Length
            && cluster.EndpointSlices.DistinctBy(slice => slice.Meta.Name).Count() == cluster.EndpointSlices.Length;
    }, iter: Many);

    [Test]
    public void Every_pod_with_an_address_that_a_Service_selects_is_in_exactly_one_of_its_slices_and_no_other_pod_is() => AnyCluster.Objects.Sample(objects =>
    {
        Cluster cluster = objects.Reconciled().Cluster;
        return cluster.Services.All(service => cluster.SlicesOf(service.Meta.Name).SelectMany(slice => slice.Endpoints).Select(endpoint => endpoint.PodName).Order(StringComparer.Ordinal)
            .SequenceEqual(cluster.Pods.Where(pod => service.Selector!.Matches(pod.Meta.Labels) && !pod.Addresses.IsEmpty).Select(pod => pod.Meta.FullName).Order(StringComparer.Ordinal)));
    }, iter: Many);

    [Test]
    public void Scaling_up_and_down_again_leaves_the_pods_and_slices_as_they_were_where_none_waits() =>
        Gen.Select(AnyCluster.Objects, Gen.Int[0, 4], Gen.Int[1, 6]).Sample((objects, number, more) =>
        {
            Cluster before = objects.Reconciled().Cluster;
            if (number >= before.Controllers.Length || before.Controllers[number].Kind == PodControllerKind.DaemonSet || before.Pods.Any(pod => pod.NodeName is null))
                return true;
            PodController controller = before.Controllers[number];
            Cluster between = before.Scaled(controller.Meta.Name, controller.Replicas + more, controller.Kind).Cluster;
            Cluster after = between.Scaled(controller.Meta.Name, controller.Replicas, controller.Kind).Cluster;
            return Text(after.Pods) == Text(before.Pods) && Text(after.EndpointSlices) == Text(before.EndpointSlices);
        }, iter: Many);

    [Test]
    public void The_same_objects_give_the_same_cluster_to_the_letter() => AnyCluster.Objects.Sample(objects =>
        Text(objects.Reconciled(Settings).Cluster) == Text((objects with { }).Reconciled(Settings).Cluster), iter: Many / 10);

    [Test]
    public void A_cluster_whose_pods_are_given_back_has_the_same_pods_again() => AnyCluster.Objects.Sample(objects =>
    {
        Cluster first = objects.Reconciled().Cluster;
        Cluster second = (objects with { Pods = first.Pods }).Reconciled().Cluster;
        return first.Pods.Select(Place).Order(StringComparer.Ordinal).SequenceEqual(second.Pods.Select(Place).Order(StringComparer.Ordinal));
    }, iter: Many);

    private static string Place(Pod pod) => $"{pod.Meta.Name} {pod.NodeName} {pod.Addresses.List()} {pod.Ready}";

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static readonly JsonSerializerOptions Options = new() { Converters = { new AddressesAsText() } };

    /// <summary>Addresses are numbers of 128 bits, which JSON has not.</summary>
    private sealed class AddressesAsText : System.Text.Json.Serialization.JsonConverter<IpAddress>
    {
        public override IpAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, IpAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
