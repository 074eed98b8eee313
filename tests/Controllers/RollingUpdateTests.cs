using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// Facts of the Deployment controller, in words of our own; upstream: pkg/controller/deployment/rolling_test.go, sync_test.go and
/// util/deployment_util_test.go.
/// </summary>
internal sealed class RollingUpdateTests
{
    [TestCase(10, "25%", "25%", 3, 2)]
    [TestCase(1, "25%", "25%", 1, 0)]
    [TestCase(10, "0%", "0%", 0, 1, Description = "a rollout that could not begin")]
    [TestCase(0, "25%", "25%", 0, 1)]
    [TestCase(7, "2", "50%", 2, 3)]
    public void The_surge_is_rounded_up_and_what_may_be_missing_is_rounded_down(int replicas, string surge, string unavailable, int mostMore, int mostFewer) =>
        Assert.That(Update(replicas, surge, unavailable).Fenceposts, Is.EqualTo((mostMore, mostFewer)));

    [Test]
    public void What_may_be_missing_is_never_more_than_the_wanted_pods() => Assert.That(Update(3, "1", "5").MaxUnavailable, Is.EqualTo(3));

    [TestCase(4, 0, 0, 4, ExpectedResult = 1, Description = "the surge alone")]
    [TestCase(4, 1, 1, 3, ExpectedResult = 2)]
    [TestCase(4, 1, 1, 4, ExpectedResult = 1, Description = "old pods fill the surge")]
    [TestCase(4, 6, 6, 0, ExpectedResult = 4, Description = "more than wanted")]
    public int The_new_replica_set_grows_into_the_room_that_the_surge_leaves(int replicas, int now, int available, int old) =>
        Update(replicas, "1", "1").NextOfNew(new ReplicaSetSize(now, available).Replicas, old);

    [Test]
    public void Old_pods_that_are_not_available_go_first_and_cost_nothing() => Assert.Multiple(() =>
    {
        RollingUpdate update = Update(10, "0", "2");

        Assert.That(update.NextOfOld([new ReplicaSetSize(10, 10)], default), Is.EqualTo((int[])[8]));
        Assert.That(update.NextOfOld([new ReplicaSetSize(10, 9)], default), Is.EqualTo((int[])[8]));
        Assert.That(update.NextOfOld([new ReplicaSetSize(8, 8)], new ReplicaSetSize(2, 0)), Is.EqualTo((int[])[8]), "new pods that are not available hold the old ones");
        Assert.That(update.NextOfOld([new ReplicaSetSize(8, 8), new ReplicaSetSize(3, 0)], default), Is.EqualTo((int[])[8, 0]), "the broken revision goes");
    });

    [TestCase(new[] { 2, 8, 3 }, 8, 13, ExpectedResult = new[] { 1, 5, 2 })]
    [TestCase(new[] { 1, 1, 1 }, 4, 3, ExpectedResult = new[] { 2, 1, 1 }, Description = "the rest goes to the newest")]
    [TestCase(new[] { 1, 1, 1 }, 2, 3, ExpectedResult = new[] { 1, 1, 0 }, Description = "the rest is taken from the oldest")]
    [TestCase(new[] { 5, 5 }, 10, 10, ExpectedResult = new[] { 5, 5 })]
    public int[] Replica_sets_share_a_change_of_size_by_their_own_sizes(int[] newestFirst, int replicas, int before) =>
        ProportionalScaling.Next(newestFirst, replicas, maxSurge: 0, before);

    [Test]
    public void A_rolling_update_keeps_its_limits_and_ends_with_new_pods_only()
    {
        Random random = new(1);
        for (int run = 0; run < 500; run++)
        {
            PodController web = Deployment(random.Next(0, 30), $"{random.Next(0, 60)}%", $"{random.Next(0, 60)}%");
            RollingUpdate update = new(web.Replicas, web.Rollout);
            (ReplicaSetSize old, ReplicaSetSize now) = (new ReplicaSetSize(web.Replicas, web.Replicas), default);
            for (int wave = 0; wave < 100 && (old.Replicas, now.Available) != (0, web.Replicas); wave++)
            {
                (int[] sizes, int size) = DeploymentSizes.Next(web, [old], now, oldPodsLeaving: 0);
                old = new ReplicaSetSize(sizes[0], Math.Min(old.Available, sizes[0]));
                now = new ReplicaSetSize(size, Math.Min(now.Available, size));
                Assert.That(old.Replicas + now.Replicas, Is.LessThanOrEqualTo(web.Replicas + update.Fenceposts.MaxSurge));
                Assert.That(old.Available + now.Available, Is.GreaterThanOrEqualTo(web.Replicas - update.MaxUnavailable));
                now = new ReplicaSetSize(size, random.Next(now.Available, size + 1));
            }
            Assert.That((old.Replicas, now.Replicas), Is.EqualTo((0, web.Replicas)));
        }
    }

    [Test]
    public void Recreate_waits_until_the_last_old_pod_has_ended()
    {
        PodController web = Deployment(3, "25%", "25%") with { Rollout = new RolloutStrategy { Recreate = true } };

        Assert.That(DeploymentSizes.Next(web, [new ReplicaSetSize(3, 3)], default, 0), Is.EqualTo(((int[])[0], 0)));
        Assert.That(DeploymentSizes.Next(web, [], default, oldPodsLeaving: 1).New, Is.Zero);
        Assert.That(DeploymentSizes.Next(web, [], default, oldPodsLeaving: 0).New, Is.EqualTo(3));
    }

    private static RollingUpdate Update(int replicas, string surge, string unavailable) => new(replicas, Strategy(surge, unavailable));

    private static PodController Deployment(int replicas, string surge, string unavailable) => new()
    {
        Kind = PodControllerKind.Deployment,
        Meta = new ObjectMeta { Namespace = "shop", Name = "web", Origin = ObjectOrigin.Generated },
        Replicas = replicas,
        Template = new PodSpec(),
        Rollout = Strategy(surge, unavailable),
    };

    private static RolloutStrategy Strategy(string surge, string unavailable) =>
        new() { MaxSurge = IntOrPercent.Parse(surge)!.Value, MaxUnavailable = IntOrPercent.Parse(unavailable)!.Value };
}
