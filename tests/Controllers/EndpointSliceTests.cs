using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// What stands in EndpointSlices. Facts: kubernetes/kubernetes staging/src/k8s.io/endpointslice, utils_test.go (TestPodToEndpoint,
/// TestGetEndpointPorts, TestSetEndpointSliceLabels) and reconciler_test.go (TestReconcile1EndpointSlice, TestReconcileMaxEndpointsPerSlice).
/// </summary>
public class EndpointSliceTests
{
    [Test]
    public void An_endpoint_says_where_its_pod_is()
    {
        Cluster cluster = new ClusterObjects { Nodes = [Made.Node("n1", "west")], Pods = [Made.Running("a", "n1", "10.244.0.9", "app=web")], Services = [Made.Service("web", "app=web")] }
            .Reconciled().Cluster;

        Endpoint endpoint = cluster.SlicesOf("web").Single().Endpoints.Single();

        Assert.That($"{endpoint.Addresses.List()} {endpoint.NodeName} {endpoint.Zone} {endpoint.PodName}", Is.EqualTo("10.244.0.9 n1 west harbor/a"));
    }

    [TestCase(true, false, false, true, true, false)]
    [TestCase(false, false, false, false, false, false)]
    [TestCase(true, true, false, false, true, true, Description = "a pod on its way out is never ready, and serves while it passes its probe")]
    [TestCase(false, true, false, false, false, true)]
    [TestCase(false, false, true, true, false, false, Description = "publishNotReadyAddresses makes it ready; serving tells the truth")]
    [TestCase(true, true, true, true, true, true, Description = "even on its way out")]
    public void Conditions_follow_the_pod(bool podReady, bool podLeaves, bool publish, bool ready, bool serving, bool terminating)
    {
        Pod pod = Made.Running("a", "n1", "10.244.0.9", "app=web") with { Ready = podReady, Terminating = podLeaves };
        Service service = Made.Service("web", "app=web") with { PublishNotReadyAddresses = publish };

        Endpoint endpoint = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [pod], Services = [service] }.Reconciled().Cluster.SlicesOf("web").Single().Endpoints.Single();

        Assert.That((endpoint.Ready, endpoint.Serving, endpoint.Terminating), Is.EqualTo(((bool?)ready, (bool?)serving, (bool?)terminating)));
    }

    [TestCase(1, "1")]
    [TestCase(100, "100")]
    [TestCase(101, "100 1")]
    [TestCase(250, "100 100 50")]
    public void A_slice_holds_at_most_100_endpoints(int pods, string sizes)
    {
        ClusterObjects objects = new() { Controllers = [Made.Deployment("web", pods)], Services = [Made.Service("web", "app=web")] };

        ImmutableArray<EndpointSlice> slices = objects.Reconciled().Cluster.SlicesOf("web");

        Assert.That(slices.Select(slice => slice.Endpoints.Length).List(), Is.EqualTo(sizes));
        Assert.That(slices.Select(slice => slice.Meta.Name), Is.Unique.And.All.StartsWith("web-"));
    }

    [Test]
    public void A_named_target_port_is_looked_up_in_each_pod_and_pods_with_the_same_numbers_share_slices()
    {
        static PodSpec Listening(int port, Protocol protocol = Protocol.TCP) => new() { Ports = [new ContainerPort("http", port, protocol)] };
        Pod[] pods =
        [
            Made.Pod("a", "app=web", Listening(8080)), Made.Pod("b", "app=web", Listening(9090)), Made.Pod("c", "app=web", Listening(8080)),
            Made.Pod("udp", "app=web", Listening(8080, Protocol.UDP)),
        ];
        Service service = Made.Service("web", "app=web", new ServicePort { Name = "web", Port = 80, TargetPortName = "http" }, new ServicePort { Name = "plain", Port = 81, TargetPort = 7 });

        ImmutableArray<EndpointSlice> slices = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [.. pods], Services = [service] }.Reconciled().Cluster.SlicesOf("web");

        Assert.That(slices.Select(slice => $"{slice.Ports.Select(port => $"{port.Name}:{port.Port}").List()}={slice.Endpoints.Select(endpoint => endpoint.PodName).List()}"),
            Is.EqualTo(ByNumbers));
    }

    private static readonly string[] ByNumbers = ["web:8080 plain:7=harbor/a harbor/c", "web:9090 plain:7=harbor/b", "plain:7=harbor/udp"];

    [Test]
    public void A_target_port_that_is_not_written_is_the_port_itself()
    {
        Service service = Made.Service("web", "app=web", new ServicePort { Port = 8081, AppProtocol = "kubernetes.io/h2c" });

        EndpointPort port = new ClusterObjects { Controllers = [Made.Deployment("web", 1)], Services = [service] }.Reconciled().Cluster.SlicesOf("web").Single().Ports.Single();

        Assert.That(port, Is.EqualTo(new EndpointPort("", 8081, Protocol.TCP, "kubernetes.io/h2c")));
    }

    [Test]
    public void A_headless_Service_without_ports_lists_its_pods_all_the_same()
    {
        Service service = Made.Service("peers", "app=web") with { IsHeadless = true, Ports = [] };

        EndpointSlice slice = new ClusterObjects { Controllers = [Made.Deployment("web", 2)], Services = [service] }.Reconciled().Cluster.SlicesOf("peers").Single();

        Assert.That((slice.Ports.Length, slice.Endpoints.Length), Is.EqualTo((0, 2)));
    }

    [TestCase("db", "peers", "peers", "db", Description = "the pod's subdomain is this Service")]
    [TestCase("db", "others", "peers", null)]
    [TestCase(null, "peers", "peers", null)]
    public void A_host_name_is_for_the_Service_that_the_pod_names(string? hostname, string subdomain, string service, string? expected)
    {
        Pod pod = Made.Pod("a", "app=db", new PodSpec { Hostname = hostname, Subdomain = subdomain });

        EndpointSlice slice = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [pod], Services = [Made.Service(service, "app=db")] }.Reconciled().Cluster.SlicesOf(service).Single();

        Assert.That(slice.Endpoints.Single().Hostname, Is.EqualTo(expected));
    }

    [Test]
    public void Slices_carry_the_labels_of_their_Service_and_those_that_tie_them_to_it()
    {
        Service service = Made.Service("web", "app=web") with { Meta = Made.Meta("web", "team=blue"), IsHeadless = true };

        EndpointSlice slice = new[] { service }.Reconciled().Cluster.SlicesOf("web").Single();

        Assert.That(slice.Meta.Labels.Select(label => $"{label.Key}={label.Value}").List(), Is.EqualTo(
            "endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io kubernetes.io/service-name=web service.kubernetes.io/headless= team=blue"));
    }

    [Test(Description = "reconciler_test.go TestReconcileEmpty: a placeholder without endpoints and ports")]
    public void A_selector_that_matches_nothing_leaves_an_empty_slice_and_a_warning_at_the_selector()
    {
        SourcePosition there = new("web.yaml", 12, 5);
        Service service = Made.Service("web", "app=wbe") with { Meta = Made.Meta("web") with { Origin = new ObjectOrigin(new("web.yaml", 1, 1), field => field == "spec.selector" ? there : null) } };

        Reconciliation made = new ClusterObjects { Controllers = [Made.Deployment("web", 1)], Services = [service] }.Reconciled();

        Assert.That(made.Cluster.SlicesOf("web").Single(), Has.Property("Endpoints").Empty.And.Property("Ports").Empty);
        Assert.That(made.Problems.Single(), Has.Property("Severity").EqualTo(Severity.Warning).And.Property("Rule").EqualTo("selector-matches-nothing").And.Property("Position").EqualTo(there));
        Assert.That(made.Problems.Single().Message, Does.Contain("'app=wbe'").And.Contains("'harbor'"));
    }

    [Test]
    public void Pods_of_other_namespaces_and_pods_without_an_address_are_no_endpoints()
    {
        Pod elsewhere = Made.Running("a", "n1", "10.244.0.9", "app=web") with { Meta = Made.Meta("a", "app=web") with { Namespace = "elsewhere" } };
        Pod waiting = Made.Pod("b", "app=web", new PodSpec { NodeName = "nowhere" });

        Reconciliation made = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [elsewhere, waiting], Services = [Made.Service("web", "app=web")] }.Reconciled();

        Assert.That(made.Cluster.SlicesOf("web").Single().Endpoints, Is.Empty);
        Assert.That(made.Rules(), Is.EqualTo("pod-pending"), "the selector does match");
    }

    [Test]
    public void A_dual_stack_Service_has_slices_of_both_families_and_pods_stand_where_they_have_an_address()
    {
        Pod both = Made.Running("both", "n1", "10.244.0.9", "app=web");
        both = both with { Addresses = both.Addresses.Add(IpAddress.Parse("fd00::9")) };
        Service service = Made.Service("web", "app=web") with { IpFamilyPolicy = "RequireDualStack" };
        ClusterSettings dual = Made.Bare with { ServiceCidrs = [Cidr.Parse("10.96.0.0/16"), Cidr.Parse("fd00::/112")] };

        Cluster cluster = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [both, Made.Running("old", "n1", "10.244.0.8", "app=web")], Services = [service] }.Reconciled(dual).Cluster;

        Assert.That(cluster.SlicesOf("web").Select(slice => $"{slice.Family}:{slice.Endpoints.SelectMany(endpoint => endpoint.Addresses).List()}").List(),
            Is.EqualTo("IPv4:10.244.0.9 10.244.0.8 IPv6:fd00::9"));
    }

    [Test]
    public void Slices_that_are_given_stand_and_the_controller_adds_none()
    {
        EndpointSlice given = new() { Meta = Made.Meta("mine", "kubernetes.io/service-name=web"), Endpoints = [new Endpoint { Addresses = [IpAddress.Parse("198.51.100.1")] }] };

        Cluster cluster = new ClusterObjects { Controllers = [Made.Deployment("web", 2)], Services = [Made.Service("web", "app=web")], EndpointSlices = [given] }.Reconciled().Cluster;

        Assert.That(cluster.SlicesOf("web").Single(), Is.SameAs(given));
    }

    [Test(Description = "pkg/controller/endpointslicemirroring/reconciler_test.go TestReconcile: by subset and family, at most 1000 a subset")]
    public void Endpoints_of_a_Service_without_selector_are_mirrored()
    {
        Endpoint[] addresses = [new() { Addresses = [IpAddress.Parse("198.51.100.1")] }, new() { Addresses = [IpAddress.Parse("2001:db8::1")] }, new() { Addresses = [IpAddress.Parse("198.51.100.2")], Ready = false }];
        Endpoints endpoints = new()
        {
            Meta = Made.Meta("db"),
            Subsets = [new EndpointSubset([.. addresses], [new EndpointPort("", 5432, Protocol.TCP)]), new EndpointSubset([.. Many(1_200)], [])],
        };

        ImmutableArray<EndpointSlice> slices = new ClusterObjects { Services = [Made.Service("db")], Endpoints = [endpoints] }.Reconciled().Cluster.SlicesOf("db");

        Assert.That(slices.Take(2).Select(slice => $"{slice.Family} {slice.Ports.Single().Port} {slice.Endpoints.Select(item => $"{item.Addresses[0]}:{item.IsReady}").List()}").List(),
            Is.EqualTo("IPv4 5432 198.51.100.1:True 198.51.100.2:False IPv6 5432 2001:db8::1:True"));
        Assert.That(slices.Skip(2).Sum(slice => slice.Endpoints.Length), Is.EqualTo(1_000));
        Assert.That(slices, Has.None.Matches<EndpointSlice?>(slice => slice!.Meta.Labels[EndpointSlice.ManagedByLabel] != EndpointsMirror.ControllerName));
    }

    [TestCase("endpointslice.kubernetes.io/skip-mirror=true", null)]
    [TestCase("", "app=web")]
    public void Endpoints_that_say_so_or_whose_Service_has_a_selector_are_not_mirrored(string labels, string? selector)
    {
        Endpoints endpoints = new() { Meta = Made.Meta("db", labels), Subsets = [new EndpointSubset([.. Many(1)], [])] };

        Cluster cluster = new ClusterObjects { Services = [Made.Service("db", selector)], Endpoints = [endpoints] }.Reconciled().Cluster;

        Assert.That(cluster.SlicesOf("db").SelectMany(slice => slice.Endpoints), Is.Empty);
    }

    private static IEnumerable<Endpoint> Many(int count) =>
        Enumerable.Range(1, count).Select(number => new Endpoint { Addresses = [IpAddress.Parse("198.18.0.0").Plus((UInt128)number)] });
}
