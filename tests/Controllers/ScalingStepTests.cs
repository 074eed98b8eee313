using KubeNetSim.Model.Controllers.Autoscaling;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>How fast a HorizontalPodAutoscaler follows a step of load, sync by sync.</summary>
internal sealed class ScalingStepTests
{
    private const long SyncNs = 15_000_000_000;

    [Test(Description = "horizontal.go, calculateScaleUpLimit: max(2 x current, 4) a sync.")]
    public void Without_behavior_a_size_doubles_each_sync()
    {
        Assert.That(Growth(2, 100, null), Is.EqualTo((int[])[2, 4, 8, 16, 32, 64, 100]));
        Assert.That(Growth(1, 8, null), Is.EqualTo((int[])[1, 4, 8]));
    }

    [Test(Description = "pkg/apis/autoscaling/v2/defaults.go fills in max(4 pods, 100%) per 15 s.")]
    public void With_an_empty_behavior_it_grows_by_four_pods_or_doubles() =>
        Assert.That(Growth(2, 100, (ScalingRules.DefaultUp, ScalingRules.DefaultDown)), Is.EqualTo((int[])[2, 6, 12, 24, 48, 96, 100]));

    [Test]
    public void The_highest_advice_of_five_minutes_holds_a_size()
    {
        Stabilization.Advice[] earlier = [new(9, Stabilization.DefaultWindowNs + 1), new(7, 60_000_000_000)];

        Assert.That(Stabilization.Of(desired: 3, earlier, Stabilization.DefaultWindowNs), Is.EqualTo(7));
    }

    private static List<int> Growth(int from, int to, (ScalingRules Up, ScalingRules Down)? behavior)
    {
        ScalingLimits limits = new(1, to, behavior);
        ScalingHistory history = ScalingHistory.Empty;
        List<int> sizes = [from];
        for (long now = 0; sizes[^1] < to; now += SyncNs)
        {
            int next = limits.Bound(sizes[^1], to, history, now).Replicas;
            history = history.With(sizes[^1], next, now);
            sizes.Add(next);
            Assert.That(sizes, Has.Count.LessThan(50));
        }
        return sizes;
    }
}
