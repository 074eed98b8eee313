using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>The older API. Facts: kubernetes/kubernetes pkg/controller/endpoint endpoints_controller_test.go (TestTruncateEndpoints, TestSyncEndpoints…).</summary>
public class EndpointsControllerTests
{
    [Test]
    public void One_object_lists_every_pod_ready_ones_apart_and_none_that_terminates()
    {
        Pod[] pods =
        [
            Made.Running("c", "n1", "10.0.0.3", "app=web"), Made.Running("a", "n1", "10.0.0.1", "app=web") with { Ready = false },
            Made.Running("b", "n1", "10.0.0.2", "app=web"), Made.Running("d", "n1", "10.0.0.4", "app=web") with { Terminating = true },
        ];

        Endpoints endpoints = Of(Made.Service("web", "app=web"), pods);

        Assert.That(Text(endpoints), Is.EqualTo("10.0.0.1! 10.0.0.2 10.0.0.3"));
        Assert.That(endpoints.Subsets.Single().Ports.Single().Port, Is.EqualTo(8080));
    }

    [Test]
    public void Where_unready_pods_are_wanted_all_count_as_ready()
    {
        Service service = Made.Service("web", "app=web") with { PublishNotReadyAddresses = true };

        Assert.That(Text(Of(service, Made.Running("a", "n1", "10.0.0.1", "app=web") with { Ready = false, Terminating = true })), Is.EqualTo("10.0.0.1"));
    }

    [Test]
    public void A_thousand_addresses_are_all_there_and_one_more_is_cut_off_and_said()
    {
        Pod[] pods = [.. Enumerable.Range(1, 1_001).Select(number => Made.Running($"web-{number}", "n1", IpAddress.Parse("10.0.0.0").Plus((UInt128)number).ToString(), "app=web"))];

        Endpoints full = Of(Made.Service("web", "app=web"), pods[..1_000]);
        Endpoints cut = Of(Made.Service("web", "app=web"), pods);

        Assert.That((full.Subsets.Single().Addresses.Length, full.Meta.Annotations.Count), Is.EqualTo((1_000, 0)));
        Assert.That(cut.Subsets.Single().Addresses, Has.Length.EqualTo(1_000));
        Assert.That(cut.Meta.Annotations["endpoints.kubernetes.io/over-capacity"], Is.EqualTo("truncated"));
    }

    [TestCase("500/500", "500/500")]
    [TestCase("300/50 300/50 300/50", "300/34 300/34 300/32", Description = "unready ones go first, each subset in proportion, rounded up while there is room")]
    [TestCase("1200/9", "1000/0")]
    [TestCase("400/10 400/10 400/10", "334/0 334/0 332/0")]
    [TestCase("1000/1", "1000/0")]
    public void Ready_addresses_outlast_the_others(string subsets, string held)
    {
        ImmutableArray<EndpointSubset> given = [.. subsets.Split(' ').Select(counts => counts.Split('/')).Select(counts => new EndpointSubset(
            [.. Many(counts[0], true), .. Many(counts[1], false)], []))];

        Assert.That(EndpointsController.Truncate(given, EndpointsController.Capacity)
            .Select(subset => $"{subset.Addresses.Count(endpoint => endpoint.IsReady)}/{subset.Addresses.Count(endpoint => !endpoint.IsReady)}").List(), Is.EqualTo(held));
    }

    [Test]
    public void Endpoints_that_were_given_are_shown_as_they_were_and_an_ExternalName_has_none()
    {
        Endpoints given = new() { Meta = Made.Meta("db"), Subsets = [new EndpointSubset([new Endpoint { Addresses = [IpAddress.Parse("198.51.100.1")], Ready = true }], [new EndpointPort("", 5432, Protocol.TCP)])] };
        Service external = Made.Service("out", "app=web") with { Type = ServiceType.ExternalName, ExternalName = "example.com" };

        Cluster cluster = new ClusterObjects { Services = [Made.Service("db"), external], Endpoints = [given] }.Reconciled().Cluster;

        Assert.That(EndpointsController.Of(cluster).Select(Text).List(), Is.EqualTo("198.51.100.1"));
    }

    private static IEnumerable<Endpoint> Many(string count, bool ready) =>
        Enumerable.Range(0, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)).Select(_ => new Endpoint { Ready = ready });

    private static Endpoints Of(Service service, params Pod[] pods) =>
        EndpointsController.Of(new ClusterObjects { Nodes = Made.Nodes(1), Pods = [.. pods], Services = [service] }.Reconciled().Cluster).Single();

    private static string Text(Endpoints endpoints) =>
        endpoints.Subsets.SelectMany(subset => subset.Addresses).Select(endpoint => $"{endpoint.Addresses[0]}{(endpoint.IsReady ? "" : "!")}").List();
}
