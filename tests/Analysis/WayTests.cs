using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class WayTests
{
    private const string Iptables = "iptables (nft)";

    [Test]
    public void Every_part_of_the_time_stands_at_one_hop_or_between_them()
    {
        foreach (WorkloadResult workload in Gallery.Results.Workloads)
        {
            Way way = Way.Of(workload, Iptables);
            double shown = way.Hops.SelectMany(hop => hop.Stages).Concat(way.Between).Sum(time => time.Ms);

            Assert.That(shown, Is.EqualTo(workload.LatencyMs!.Mean).Within(1e-6), workload.Name);
        }
    }

    [Test]
    public void Times_stand_where_they_pass()
    {
        Way way = Way.Of(Gallery.Results.Workloads[2], Iptables);

        Assert.That(way.Hops.Select(hop => hop.Name), Is.EqualTo((string[])["client", "aws load balancer", "node:30080", "SNAT, DNAT", "pod"]));
        Assert.That(way.Hops[1].Stages.Single().Stage.Noun, Is.EqualTo("the load balancer"));
        Assert.That(way.Hops[3].Stages.Single().Stage.Noun, Is.EqualTo("evaluating rules"));
        Assert.That(way.Hops[4].Stages.Select(time => time.Stage.Noun), Is.EqualTo((string[])["waiting at the backend", "the backend's own work"]));
    }

    [TestCase("pod -> DNS -> cluster IP -> DNAT on the client's node -> pod")]
    [TestCase("client -> AWS Network Load Balancer -> node:30086 -> DNAT, SNAT -> pod on any node")]
    [TestCase("node -> node:30086 -> DNAT -> pod on that node")]
    [TestCase("pod -> DNS -> CNAME httpbin.org -> external host")]
    [TestCase("pod -> DNS -> pod, directly")]
    public void Every_hop_is_explained(string path) => Assert.That(
        Way.Of(Gallery.Results.Workloads[0] with { Path = path }, Iptables).Hops.Select(hop => hop.Words.Meaning),
        Has.All.Length.GreaterThan(40).And.None.EqualTo("The address that the request is sent to."));

    [TestCase(Iptables, "one rule after the other, 12.5 of them here on average")]
    [TestCase("ipvs (rr)", "hash table")]
    [TestCase("nftables", "a map leads straight to the Service")]
    public void Rules_are_explained_as_the_mode_of_kube_proxy_has_them(string mode, string words) => Assert.That(
        Way.Of(Gallery.Results.Workloads[0] with { Path = "client -> node:30080 -> DNAT, SNAT -> pod on any node", RulesPerConnection = 12.5 }, mode).Hops[2].Words.Meaning,
        Does.Contain(words).And.Contain("externalTrafficPolicy: Local would keep that"));

    [Test]
    public void A_local_policy_is_said_to_keep_the_client_s_address() => Assert.That(
        Way.Of(Gallery.Results.Workloads[0] with { Path = "client -> node:30080 -> DNAT -> pod on that node" }, Iptables).Hops[2].Words.Meaning,
        Does.Contain("leave the source as it is").And.Not.Contain("SNAT"));

    [Test]
    public void What_DNS_answers_depends_on_the_Service()
    {
        string Answer(string path) => Way.Of(Gallery.Results.Workloads[0] with { Path = path }, Iptables).Hops[1].Words.Meaning;

        Assert.That(Answer("pod -> DNS -> cluster IP -> DNAT on the client's node -> pod"), Does.Contain("with the cluster IP"));
        Assert.That(Answer("pod -> DNS -> pod, directly"), Does.Contain("with the addresses of its ready Pods"));
        Assert.That(Answer("pod -> DNS -> CNAME httpbin.org -> external host"), Does.Contain("with another name"));
    }
}
