using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>What a cluster has that its manifests do not say, and the Services of other people.</summary>
public class SystemObjectsTests
{
    private static readonly ClusterSettings WithSystem = new();

    [Test(Description = "kubeadm: the first address for the API server, the tenth for DNS (cmd/kubeadm/app/constants GetDNSIP), two replicas of CoreDNS")]
    public void A_cluster_has_the_Services_of_the_API_server_and_of_DNS()
    {
        Cluster cluster = new ClusterObjects().Reconciled(WithSystem).Cluster;

        Assert.That(cluster.Services.Select(service => $"{service.Meta.FullName}={service.ClusterIPs.Single()}").List(),
            Is.EqualTo("default/kubernetes=10.96.0.1 kube-system/kube-dns=10.96.0.10"));
        Assert.That(cluster.Pods.Select(pod => $"{pod.Meta.Namespace}@{pod.NodeName}").List(), Is.EqualTo("kube-system@node-1 kube-system@node-2"));
        Assert.That(cluster.EndpointSlices.Select(slice => $"{slice.ServiceName}:{slice.Endpoints.Length}").List(), Is.EqualTo("kubernetes:1 kube-dns:2"));
    }

    [Test]
    public void What_the_files_hold_is_not_made_again()
    {
        Service dns = Made.Service("kube-dns", "k8s-app=kube-dns") with { Meta = Made.Meta("kube-dns") with { Namespace = "kube-system" } };

        Cluster cluster = new ClusterObjects { Services = [dns] }.Reconciled(WithSystem).Cluster;

        Assert.That(cluster.Services.Count(service => service.Meta.Name == "kube-dns"), Is.EqualTo(1));
        Assert.That(cluster.Pods, Is.Empty);
    }

    [Test]
    public void An_address_that_is_taken_or_that_the_block_has_not_is_replaced_by_another()
    {
        Service squatter = Made.Service("squatter", "a=b") with { ClusterIPs = [IpAddress.Parse("10.96.0.1")] };
        ClusterSettings tiny = WithSystem with { ServiceCidrs = [Cidr.Parse("10.96.0.0/29")] };

        Reconciliation made = new[] { squatter }.Reconciled(tiny);

        Assert.That(made.Cluster.Services.SelectMany(service => service.ClusterIPs).List(), Is.EqualTo("10.96.0.1 10.96.0.2 10.96.0.3"));
        Assert.That(made.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
    }

    [TestCase(0, 0)]
    [TestCase(5, 5)]
    public void Replicas_of_DNS_are_as_many_as_the_settings_say(int replicas, int pods) =>
        Assert.That(new ClusterObjects().Reconciled(WithSystem with { DnsReplicas = replicas }).Cluster.Pods, Has.Length.EqualTo(pods));

    [Test]
    public void In_an_IPv6_cluster_all_of_it_is_IPv6()
    {
        Cluster cluster = new ClusterObjects().Reconciled(WithSystem with { ServiceCidrs = [Cidr.Parse("fd00::/112")], BackgroundServices = 2 }).Cluster;

        IEnumerable<IpAddress> addresses =
        [
            .. cluster.Nodes.SelectMany(node => node.InternalAddresses), .. cluster.Pods.SelectMany(pod => pod.Addresses),
            .. cluster.Services.SelectMany(service => service.ClusterIPs), .. cluster.EndpointSlices.SelectMany(slice => slice.Endpoints).SelectMany(endpoint => endpoint.Addresses),
        ];
        Assert.That(addresses.Select(address => address.Family), Is.All.EqualTo(IpFamily.IPv6));
        Assert.That(cluster.EndpointSlices.Select(slice => slice.Family), Is.All.EqualTo(IpFamily.IPv6));
    }

    [Test]
    public void Background_Services_are_Services_like_any_other_with_one_endpoint_each()
    {
        Cluster cluster = new[] { Made.Service("web", "a=b") }.Reconciled(Made.Bare with { BackgroundServices = 300 }).Cluster;
        ImmutableArray<Service> background = [.. cluster.Services.Where(service => service.IsBackground)];

        Assert.That(background, Has.Length.EqualTo(300));
        Assert.That(background.Select(service => service.ClusterIPs.Single()), Is.Unique);
        Assert.That(background.Select(service => cluster.EndpointSlices.Single(slice => slice.Meta.Namespace == service.Meta.Namespace && slice.ServiceName == service.Meta.Name).Endpoints.Single().Addresses.Single()), Is.Unique);
    }

    [Test]
    public void A_Service_block_that_is_too_small_for_the_background_says_so_once() =>
        Assert.That(new ClusterObjects().Reconciled(Made.Bare with { BackgroundServices = 1_000, ServiceCidrs = [Cidr.Parse("10.96.0.0/24")] }).Rules(), Is.EqualTo("no-cluster-ip-left"));
}
