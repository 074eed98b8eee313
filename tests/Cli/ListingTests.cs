using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>The columns of kubectl get (kubernetes pkg/printers/internalversion/printers.go), from objects made by hand.</summary>
public sealed class ListingTests
{
    private static readonly ServicePort Http = new() { Port = 80, TargetPort = 8080 };

    [Test]
    public void Services_show_type_addresses_and_ports_as_kubectl_does()
    {
        Cluster cluster = ClusterOf([
            Service("web") with { ClusterIPs = [IpAddress.Parse("10.96.0.7")], Ports = [Http, Http with { Port = 53, Protocol = Protocol.UDP }] },
            Service("node") with { Type = ServiceType.NodePort, ClusterIPs = [IpAddress.Parse("10.96.0.8")], Ports = [Http with { NodePort = 30080 }] },
            Service("headless") with { IsHeadless = true, Ports = [Http] },
            Service("outside") with { Type = ServiceType.ExternalName, ExternalName = "httpbin.org" },
        ]);

        Assert.That(Printed(ServiceListing.Kind, cluster), Is.EqualTo(
            """
            NAME       TYPE           CLUSTER-IP   EXTERNAL-IP   PORT(S)         AGE
            headless   ClusterIP      None         <none>        80/TCP          0s
            node       NodePort       10.96.0.8    <none>        80:30080/TCP    0s
            outside    ExternalName   <none>       httpbin.org   <none>          0s
            web        ClusterIP      10.96.0.7    <none>        80/TCP,53/UDP   0s

            """));
    }

    [Test]
    public void A_load_balancer_without_address_is_pending()
    {
        Assert.That(ExternalIp(Service("lb") with { Type = ServiceType.LoadBalancer }), Is.EqualTo("<pending>"));
    }

    [Test]
    public void External_addresses_follow_those_of_the_load_balancer()
    {
        Service service = Service("lb") with
        {
            Type = ServiceType.LoadBalancer,
            LoadBalancerIngress = [new LoadBalancerIngress(IpAddress.Parse("203.0.113.1"), null, false)],
            ExternalIPs = [IpAddress.Parse("192.0.2.1")],
        };

        Assert.That(ExternalIp(service), Is.EqualTo("203.0.113.1,192.0.2.1"));
    }

    [Test]
    public void The_host_name_of_a_load_balancer_is_cut_after_thirteen_characters_as_kubectl_cuts_it()
    {
        Service service = Service("lb") with
        {
            Type = ServiceType.LoadBalancer,
            LoadBalancerIngress = [new LoadBalancerIngress(null, "a1b2c3d4e5f6a7b8.elb.example.com", false)],
        };

        Assert.That(ExternalIp(service), Is.EqualTo("a1b2c3d4e5f6a..."));
        Assert.That(ExternalIp(service, wide: true), Is.EqualTo("a1b2c3d4e5f6a7b8.elb.example.com"));
    }

    [Test]
    public void Wide_services_show_their_selector()
    {
        Cluster cluster = ClusterOf([
            Service("web") with { Selector = LabelSelector.Exactly([new("tier", "front"), new("app", "web")]) },
            Service("without"),
        ]);

        string[] lines = Printed(ServiceListing.Kind, cluster, wide: true).Split('\n');

        Assert.That(lines[0], Does.EndWith("   SELECTOR"));
        Assert.That(lines[1], Does.EndWith("   app=web,tier=front"));
        Assert.That(lines[2], Does.EndWith("   <none>"));
    }

    [Test]
    public void Pods_show_where_they_run_and_why_they_do_not()
    {
        Pod pod = new() { Meta = Meta("a"), Spec = new PodSpec(), NodeName = "node-1", Addresses = [IpAddress.Parse("10.244.0.2")] };
        Cluster cluster = ClusterOf([]) with
        {
            Pods =
            [
                pod,
                pod with { Meta = Meta("b"), Ready = false },
                pod with { Meta = Meta("c"), Terminating = true },
                pod with { Meta = Meta("d"), NodeName = null, Addresses = [], PendingReason = "no room" },
            ],
        };

        Assert.That(Printed(PodListing.Kind, cluster, wide: true), Is.EqualTo(
            """
            NAME   READY   STATUS        RESTARTS   AGE   IP           NODE     NOMINATED NODE   READINESS GATES
            a      1/1     Running       0          0s    10.244.0.2   node-1   <none>           <none>
            b      0/1     Running       0          0s    10.244.0.2   node-1   <none>           <none>
            c      1/1     Terminating   0          0s    10.244.0.2   node-1   <none>           <none>
            d      0/1     Pending       0          0s    <none>       <none>   <none>           <none>

            """));
    }

    [Test]
    public void Nodes_show_their_roles_and_whether_they_take_pods()
    {
        ObjectMeta meta = new()
        {
            Name = "main",
            Labels = ObjectMeta.NoLabels.Add("node-role.kubernetes.io/control-plane", "").Add("kubernetes.io/role", "etcd"),
        };
        Cluster cluster = ClusterOf([]) with
        {
            Nodes =
            [
                new Node { Meta = meta, Unschedulable = true, InternalAddresses = [IpAddress.Parse("10.0.0.1")] },
                new Node { Meta = new ObjectMeta { Name = "worker" }, Ready = false },
            ],
        };

        string[] lines = Printed(NodeListing.Kind, cluster, wide: true).Split('\n');

        Assert.That(lines[0].Split("   ", StringSplitOptions.RemoveEmptyEntries).Select(header => header.Trim()), Is.EqualTo(
            ["NAME", "STATUS", "ROLES", "AGE", "VERSION", "INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"]));
        Assert.That(lines[1], Does.Match("^main +Ready,SchedulingDisabled +control-plane,etcd +0s +<unknown> +10.0.0.1 +<none>"));
        Assert.That(lines[2], Does.Match("^worker +NotReady +<none> +0s +<unknown> +<none> +<none>"));
    }

    [Test]
    public void Endpointslices_show_three_addresses_and_how_many_more()
    {
        EndpointSlice slice = new()
        {
            Meta = Meta("web-abc"),
            Ports = [new EndpointPort("", 8080, Protocol.TCP)],
            Endpoints = [.. Enumerable.Range(1, 5).Select(i => new Endpoint { Addresses = [IpAddress.Parse($"10.244.0.{i}")] })],
        };
        Cluster cluster = ClusterOf([]) with { EndpointSlices = [slice, slice with { Meta = Meta("web-def"), Ports = [], Endpoints = [] }] };

        Assert.That(Printed(EndpointSliceListing.Kind, cluster), Is.EqualTo(
            """
            NAME      ADDRESSTYPE   PORTS     ENDPOINTS                                      AGE
            web-abc   IPv4          8080      10.244.0.1,10.244.0.2,10.244.0.3 + 2 more...   0s
            web-def   IPv4          <unset>   <unset>                                        0s

            """));
    }

    [Test]
    public void Objects_are_listed_by_namespace_and_then_by_name()
    {
        Cluster cluster = ClusterOf([Service("b", "two"), Service("a", "two"), Service("c", "one")]);
        Listing listing = new(ServiceListing.Kind, cluster, new ListingOptions());

        Assert.That(listing.SpansNamespaces, Is.True);
        Assert.That(listing.Export().Select(item => $"{item.Metadata.NamespaceProperty}/{item.Metadata.Name}"), Is.EqualTo(["one/c", "two/a", "two/b"]));
    }

    [Test]
    public void Background_services_are_counted_and_not_shown()
    {
        Cluster cluster = ClusterOf([Service("web"), Service("noise-1") with { IsBackground = true }, Service("noise-2") with { IsBackground = true }]);

        Listing listing = new(ServiceListing.Kind, cluster, new ListingOptions());

        Assert.That(listing.Export().Select(item => item.Metadata.Name), Is.EqualTo(["web"]));
        Assert.That(listing.HiddenCount, Is.EqualTo(2));
        Assert.That(new Listing(ServiceListing.Kind, cluster, new ListingOptions(WithBackground: true)).HiddenCount, Is.Zero);
    }

    private static string ExternalIp(Service service, bool wide = false)
    {
        string row = Printed(ServiceListing.Kind, ClusterOf([service]), wide).Split('\n')[1];
        return row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
    }

    private static string Printed(ListedKind kind, Cluster cluster, bool wide = false)
    {
        StringWriter text = new() { NewLine = "\n" };
        new Listing(kind, cluster, new ListingOptions(Wide: wide)).Table(withNamespace: false).Write(text);
        return text.ToString();
    }

    private static Service Service(string name, string scope = "shop") => new() { Meta = Meta(name, scope) };

    private static ObjectMeta Meta(string name, string scope = "shop") => new() { Name = name, Namespace = scope };

    private static Cluster ClusterOf(ImmutableArray<Service> services) => new()
    {
        Nodes = [],
        Pods = [],
        Services = services,
        EndpointSlices = [],
        KubeProxy = new KubeProxyConfiguration(),
        ServiceCidrs = [],
        PodCidrs = [],
        Cloud = CloudProvider.None,
    };
}
