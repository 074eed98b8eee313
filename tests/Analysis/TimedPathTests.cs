using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class TimedPathTests
{
    private const string Iptables = "iptables (nft)";

    private static readonly ImmutableArray<PathHop>[] Paths =
    [
        PreparedPaths.ClusterIP, PreparedPaths.LoadBalancer, PreparedPaths.LocalLoadBalancer, PreparedPaths.LocalNodePort, PreparedPaths.Headless,
        PreparedPaths.ExternalName, PreparedPaths.Ingress,
    ];

    [Test]
    public void Every_part_of_the_time_is_shown_at_one_hop_or_between_hops()
    {
        foreach (ImmutableArray<PathHop> path in Paths)
        {
            WorkloadResult workload = With(path);
            TimedPath timed = TimedPath.Of(workload, Iptables);
            double shown = timed.Hops.SelectMany(hop => hop.Stages).Concat(timed.Between).Sum(time => time.Ms);

            Assert.That(shown, Is.EqualTo(workload.LatencyMs!.Mean).Within(1e-6), PathHop.Print(path));
        }
    }

    [Test]
    public void Each_stage_is_shown_where_it_passes()
    {
        TimedPath path = TimedPath.Of(Gallery.Results.Workloads[2], Iptables);

        Assert.That(Kinds(PreparedPaths.LoadBalancer), Is.EqualTo((PathHopKind[])[
            PathHopKind.Client, PathHopKind.LoadBalancer, PathHopKind.NodePort, PathHopKind.DnatAndSnat, PathHopKind.Endpoint]));
        Assert.That(path.Hops[1].Stages.Single().Stage.Noun, Is.EqualTo("the load balancer"));
        Assert.That(path.Hops[3].Stages.Single().Stage.Noun, Is.EqualTo("evaluating rules"));
        Assert.That(path.Hops[4].Stages.Select(time => time.Stage.Noun), Is.EqualTo((string[])["waiting at the backend", "the backend's own work"]));
    }

    [Test]
    public void Every_hop_of_a_prepared_path_is_explained() => Assert.That(
        Paths.SelectMany(path => TimedPath.Of(With(path), Iptables).Hops).Select(hop => hop.Explanation.Meaning), Has.All.Length.GreaterThan(40));

    [Test]
    public void A_host_with_gateway_in_its_name_is_another_name_and_no_proxy()
    {
        Assert.That(Kinds(PreparedPaths.ExternalName), Is.EqualTo((PathHopKind[])[PathHopKind.ClientPod, PathHopKind.Dns, PathHopKind.Cname, PathHopKind.ExternalHost]));
        Assert.That(TimedPath.Of(With(PreparedPaths.ExternalName), Iptables).Hops.Select(hop => hop.Explanation.Meaning), Has.None.Contains("proxy that reads HTTP"));
    }

    [Test]
    public void The_pods_of_an_Ingress_controller_are_a_router_and_the_pod_behind_them_is_an_endpoint()
    {
        Assert.That(Kinds(PreparedPaths.Ingress)[^2..], Is.EqualTo((PathHopKind[])[PathHopKind.Router, PathHopKind.Endpoint]));
        Assert.That(TimedPath.Of(With(PreparedPaths.Ingress), Iptables).Hops[^2].Explanation.Meaning, Does.Contain("proxy that reads HTTP"));
    }

    [TestCase(Iptables, "one rule after the other, 12.5 of them here on average")]
    [TestCase("ipvs (rr)", "hash table")]
    [TestCase("nftables", "a map leads straight to the Service")]
    public void Rules_are_explained_by_the_mode_of_kube_proxy(string mode, string words) => Assert.That(
        TimedPath.Of(With(PreparedPaths.LoadBalancer) with { RulesPerConnection = 12.5 }, mode).Hops[3].Explanation.Meaning,
        Does.Contain(words).And.Contain("externalTrafficPolicy: Local would keep that"));

    [Test]
    public void A_local_policy_keeps_the_client_s_address() => Assert.That(
        TimedPath.Of(With(PreparedPaths.LocalLoadBalancer), Iptables).Hops[3].Explanation.Meaning,
        Does.Contain("leave the source as it is").And.Not.Contain("SNAT"));

    [Test]
    public void What_DNS_answers_depends_on_the_Service()
    {
        string Answer(ImmutableArray<PathHop> path) => TimedPath.Of(With(path), Iptables).Hops[1].Explanation.Meaning;

        Assert.That(Answer(PreparedPaths.ClusterIP), Does.Contain("with the cluster IP"));
        Assert.That(Answer(PreparedPaths.Headless), Does.Contain("with the addresses of its ready Pods"));
        Assert.That(Answer(PreparedPaths.ExternalName), Does.Contain("with another name"));
    }

    [Test]
    public void A_path_without_kinds_is_drawn_with_its_texts()
    {
        WorkloadResult old = With(PreparedPaths.LoadBalancer) with { PathHops = [] };
        TimedPath path = TimedPath.Of(old, Iptables);

        Assert.That(path.Hops.Select(hop => hop.Hop), Is.EqualTo(PreparedPaths.LoadBalancer.Select(hop => new PathHop(PathHopKind.Unknown, hop.Text))));
        Assert.That(path.Hops.SelectMany(hop => hop.Stages).Concat(path.Between).Sum(time => time.Ms), Is.EqualTo(old.LatencyMs!.Mean).Within(1e-6));
    }

    private static WorkloadResult With(ImmutableArray<PathHop> path) => Gallery.Results.Workloads[0] with { Path = PathHop.Print(path), PathHops = path };

    private static PathHopKind[] Kinds(ImmutableArray<PathHop> path) => [.. path.Select(hop => hop.Kind)];
}
