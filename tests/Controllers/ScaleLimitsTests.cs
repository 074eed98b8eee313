using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// Clusters as large as Kubernetes supports (kubernetes.io, "Considerations for large clusters": 5,000 nodes, 150,000 pods; sig-scalability
/// thresholds: 10,000 Services). Looking at every node for every pod, or
/// at every pod for every Service, would take minutes.
/// </summary>
public class ScaleLimitsTests
{
    [TestCase(false)]
    [TestCase(true, Description = "every Deployment with its own selector, anti-affinity and spread")]
    public void The_largest_cluster_that_Kubernetes_supports_settles(bool withRules)
    {
        const int Services = 10_000;
        ClusterObjects objects = new()
        {
            Controllers = [.. Enumerable.Range(0, Services).Select(number => Deployment(number, withRules))],
            Services = [.. Enumerable.Range(0, Services).Select(number => Made.Service($"app-{number}", $"app=app-{number}"))],
        };

        Reconciliation made = objects.Reconciled(Made.Bare with { Nodes = 5_000 });
        Cluster scaled = made.Cluster.Scaled("app-1", 20).Cluster;

        Assert.That(made.Problems, Is.Empty);
        Assert.That(made.Cluster.Pods.CountBy(pod => pod.NodeName ?? "").Select(node => node.Value), Is.All.InRange(29, 31), "150,000 pods on 5,000 nodes");
        Assert.That(scaled.SlicesOf("app-1").Single().Endpoints, Has.Length.EqualTo(20));
    }

    [Test]
    public void Fifty_thousand_background_Services_take_little_memory()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Cluster cluster = new ClusterObjects().Reconciled(Made.Bare with { BackgroundServices = 50_000 }).Cluster;

        Assert.That((GC.GetTotalMemory(forceFullCollection: true) - before) / cluster.Services.Length, Is.LessThan(2_000), "bytes a Service, its slice included");
        Assert.That(cluster.Services.Select(service => service.ClusterIPs.Single()).Distinct().Count(), Is.EqualTo(50_000));
    }

    private static PodController Deployment(int number, bool withRules)
    {
        LabelSelector own = Made.Selecting($"app=app-{number}");
        return Made.Deployment($"app-{number}", 15, withRules
            ? new PodSpec
            {
                RequestedMilliCpu = 50,
                NodeSelector = Made.Labels($"{Node.RegionLabel}=region-1"),
                AntiAffinity = [new PodAntiAffinityTerm(own, Node.HostnameLabel, Required: true)],
                TopologySpread = [new TopologySpreadConstraint(1, Node.ZoneLabel, true, own)],
            }
            : new PodSpec { RequestedMilliCpu = 50 });
    }
}
