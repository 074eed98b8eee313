using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// Cluster IPs. KEP-3070 states the bands and gives the examples /24, /20 and /16; families: kubernetes/kubernetes
/// pkg/registry/core/service/storage/alloc.go and its TestCreateInitIPFields.
/// </summary>
public class ClusterIpAllocatorTests
{
    [TestCase("10.96.0.0/24", "10.96.0.17", Description = "KEP-3070: static band 10.96.0.1 to 10.96.0.16")]
    [TestCase("10.96.0.0/20", "10.96.1.1", Description = "KEP-3070: static band 10.96.0.1 to 10.96.1.0")]
    [TestCase("10.96.0.0/16", "10.96.1.1", Description = "KEP-3070: static band 10.96.0.1 to 10.96.1.0")]
    [TestCase("10.96.0.0/21", "10.96.0.129", Description = "2048 / 16 = 128")]
    [TestCase("10.96.0.0/28", "10.96.0.1", Description = "16 addresses or fewer have no band")]
    [TestCase("fd00::/112", "fd00::101")]
    public void Addresses_that_nobody_chose_come_from_the_upper_band(string block, string expected)
    {
        Reconciliation made = new[] { Made.Service("web", "app=web") }.Reconciled(With(block));

        Assert.That(made.Service("web").ClusterIPs.List(), Is.EqualTo(expected));
    }

    [Test]
    public void The_lower_band_is_used_once_the_upper_is_and_the_first_and_last_address_never()
    {
        Reconciliation made = Enumerable.Range(0, 31).Select(number => Made.Service($"s{number}", "a=b")).Reconciled(With("10.96.0.0/27"));

        Assert.That(made.Cluster.Services.SelectMany(service => service.ClusterIPs).Select(address => (int)(address.Bits & 31)).List(),
            Is.EqualTo(Enumerable.Range(17, 14).Concat(Enumerable.Range(1, 16)).List()));
        Assert.That(made.Service("s30").ClusterIPs, Is.Empty);
        Assert.That(made.Rules(), Does.Contain("no-cluster-ip-left"));
    }

    [Test]
    public void Written_addresses_come_first_wherever_they_stand()
    {
        Reconciliation made = new[] { Made.Service("dynamic", "a=b"), Static("static", "10.96.1.1") }.Reconciled();

        Assert.That(made.Service("static").ClusterIPs.List(), Is.EqualTo("10.96.1.1"));
        Assert.That(made.Service("dynamic").ClusterIPs.List(), Is.EqualTo("10.96.1.2"));
    }

    [Test]
    public void One_address_for_two_Services_is_refused_naming_both_and_where_they_stand()
    {
        Service second = Static("second", "10.96.0.50") with { Meta = Made.Meta("second") with { Origin = new ObjectOrigin(new SourcePosition("b.yaml", 7, 1)) } };
        Service first = Static("first", "10.96.0.50") with { Meta = Made.Meta("first") with { Origin = new ObjectOrigin(new SourcePosition("a.yaml", 3, 1)) } };

        Problem problem = new[] { first, second }.Reconciled().Problems.First(item => item.Severity == Severity.Error);

        Assert.That(problem.ToString(), Is.EqualTo(
            "b.yaml:7:1: spec.clusterIP: Service harbor/second asks for cluster IP 10.96.0.50, which Service harbor/first (a.yaml:3:1) has already"));
    }

    [TestCase("10.95.0.1")]
    [TestCase("10.96.0.0", Description = "ipallocator: the network address is not in the valid range")]
    [TestCase("10.111.255.255", Description = "ipallocator: nor is the broadcast address")]
    [TestCase("fd00::5")]
    public void An_address_outside_of_the_blocks_is_refused_and_kept_as_written(string address)
    {
        Reconciliation made = new[] { Static("web", address) }.Reconciled(With("10.96.0.0/12"));

        Assert.That(made.Rules(), Does.Contain("cluster-ip-outside-range"));
        Assert.That(made.Service("web").ClusterIPs.List(), Is.EqualTo(address));
    }

    [Test]
    public void Where_nobody_says_the_block_an_address_outside_of_the_usual_one_is_right_and_said_to_be_assumed()
    {
        Reconciliation made = new[] { Static("web", "10.0.0.9"), Static("other", "10.0.0.9") }.Reconciled();

        Assert.That(made.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Rule).List(), Is.EqualTo("duplicate-cluster-ip"));
        Assert.That(made.Service("web").ClusterIPs.List(), Is.EqualTo("10.0.0.9"));
        Assert.That(made.Cluster.Defaults.Select(item => item.What), Has.Some.EqualTo("Service block"));
    }

    [Test]
    public void Where_nobody_says_the_block_a_Service_that_asks_for_IPv6_gets_it()
    {
        Reconciliation made = new[] { Made.Service("web", "a=b") with { IpFamilies = [IpFamily.IPv6] } }.Reconciled();

        Assert.That(made.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
        Assert.That(made.Service("web").ClusterIPs.Select(address => address.Family).List(), Is.EqualTo("IPv6"));
    }

    [Test]
    public void A_ServiceCIDR_document_outranks_the_settings()
    {
        ClusterObjects objects = new() { Services = [Made.Service("web", "a=b")], ServiceCidrs = [Cidr.Parse("10.50.0.0/24")] };

        Assert.That(objects.Reconciled(With("10.60.0.0/24")).Service("web").ClusterIPs.List(), Is.EqualTo("10.50.0.17"));
    }

    [Test]
    public void Headless_and_ExternalName_Services_have_none()
    {
        Service headless = Made.Service("headless", "a=b") with { IsHeadless = true };
        Service external = Made.Service("external") with { Type = ServiceType.ExternalName, ExternalName = "example.com" };

        Assert.That(new[] { headless, external }.Reconciled().Cluster.Services.SelectMany(service => service.ClusterIPs), Is.Empty);
    }

    [TestCase(null, "", "IPv4", "SingleStack")]
    [TestCase(null, "IPv6", "IPv6", "SingleStack")]
    [TestCase("PreferDualStack", "", "IPv4 IPv6", "PreferDualStack")]
    [TestCase("RequireDualStack", "IPv6", "IPv6 IPv4", "RequireDualStack")]
    public void In_a_dual_stack_cluster_the_policy_decides_how_many_addresses(string? policy, string families, string expected, string filled)
    {
        Service service = Made.Service("web", "a=b") with { IpFamilyPolicy = policy, IpFamilies = [.. Families(families)] };

        Service made = new[] { service }.Reconciled(With("10.96.0.0/16", "fd00::/112")).Service("web");

        Assert.That(made.ClusterIPs.Select(address => address.Family).List(), Is.EqualTo(expected));
        Assert.That((made.IpFamilies.List(), made.IpFamilyPolicy), Is.EqualTo((expected, filled)));
    }

    [TestCase("PreferDualStack", "", "IPv4", "")]
    [TestCase("RequireDualStack", "", "IPv4", "family-not-configured")]
    [TestCase(null, "IPv6", "IPv6", "family-not-configured")]
    [TestCase("SingleStack", "IPv4 IPv6", "IPv4 IPv6", "family-not-configured")]
    public void A_single_stack_cluster_refuses_what_it_cannot_do(string? policy, string families, string expected, string errors)
    {
        Service service = Made.Service("web", "a=b") with { IpFamilyPolicy = policy, IpFamilies = [.. Families(families)] };

        Reconciliation made = new[] { service }.Reconciled(With("10.96.0.0/16"));

        Assert.That(made.Service("web").IpFamilies.List(), Is.EqualTo(expected));
        Assert.That(made.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Rule).List(), Is.EqualTo(errors));
    }

    [Test(Description = "alloc.go: headless and selectorless defaults to dual, even where the cluster has one family")]
    public void A_headless_Service_without_selector_may_have_both_families_anywhere() =>
        Assert.That(new[] { Made.Service("free") with { IsHeadless = true } }.Reconciled().Service("free").IpFamilies.List(), Is.EqualTo("IPv4 IPv6"));

    [Test]
    public void Written_addresses_of_both_families_stay_in_their_order()
    {
        Service service = Made.Service("web", "a=b") with { IpFamilyPolicy = "PreferDualStack", ClusterIPs = [IpAddress.Parse("fd00::9"), IpAddress.Parse("10.96.0.9")] };

        Reconciliation made = new[] { service }.Reconciled(With("10.96.0.0/16", "fd00::/112"));

        Assert.That(made.Service("web").ClusterIPs.List(), Is.EqualTo("fd00::9 10.96.0.9"));
        Assert.That(made.Service("web").IpFamilies.List(), Is.EqualTo("IPv6 IPv4"));
    }

    private static Service Static(string name, string address) => Made.Service(name, "a=b") with { ClusterIPs = [IpAddress.Parse(address)] };

    private static ClusterSettings With(params string[] blocks) => Made.Bare with { ServiceCidrs = [.. blocks.Select(Cidr.Parse)] };

    private static IEnumerable<IpFamily> Families(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<IpFamily>);
}
