using System.Collections.Immutable;
using KubeNetSim.Tests.Controllers;
using NUnit.Framework;

namespace KubeNetSim.Tests.Watching;

/// <summary>What changes send to watchers: counted quickly, and by having the controllers do it all.</summary>
public class WatchTrafficTests
{
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100)]
    [TestCase(230)]
    public void A_rolling_update_sends_what_the_controller_writes_when_pods_are_replaced_one_by_one(int pods)
    {
        Cluster cluster = ClusterOf(pods);
        EndpointApi slices = Sliced(cluster);
        SlowWatch watch = new(cluster, slices.BytesOf);
        for (int number = 1; number <= pods; number++)
        {
            Pod fresh = PodOf(10_000 + number);
            watch.Change(current => current.Add(fresh with { Ready = false }));
            watch.Change(current => current.Replace(current[^1], fresh));
            watch.Change(current => current.SetItem(0, current[0] with { Terminating = true }));
            watch.Change(current => current.RemoveAt(0));
        }

        Assert.That(WatchTraffic.Of(slices, EndpointChange.RollingUpdate, pods), Is.EqualTo(watch.Traffic));
    }

    [TestCase(1)]
    [TestCase(60)]
    [TestCase(130)]
    public void A_scale_up_sends_what_the_controller_writes_when_pods_are_added_one_by_one(int pods)
    {
        Cluster cluster = ClusterOf(pods);
        EndpointApi slices = Sliced(cluster);
        SlowWatch watch = new(cluster, slices.BytesOf);
        for (int number = 1; number <= pods; number++)
        {
            Pod fresh = PodOf(10_000 + number);
            watch.Change(current => current.Add(fresh with { Ready = false }));
            watch.Change(current => current.Replace(current[^1], fresh));
        }

        Assert.That(WatchTraffic.Of(slices, EndpointChange.Doubling, pods), Is.EqualTo(watch.Traffic));
    }

    [Test]
    public void Truncated_Endpoints_cost_no_more_than_their_thousand_addresses()
    {
        ImmutableArray<EndpointApi> apis = EndpointApi.Of(ClusterOf(1_200), Web);

        Assert.That(WatchTraffic.Of(apis[1], EndpointChange.OneEndpoint, 1_200).Bytes, Is.EqualTo(apis[0].BytesOf(1_000)));
        Assert.That(WatchTraffic.Of(apis[0], EndpointChange.OneEndpoint, 1_200).Bytes, Is.EqualTo(apis[0].BytesOf(1_200)));
    }

    [Test]
    public void Nothing_can_change_where_there_is_no_endpoint() =>
        Assert.That(() => WatchTraffic.Of(EndpointApi.Kep0752[0], EndpointChange.OneEndpoint, 0), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static readonly Service Web = Made.Service("web", "app=web");

    private static EndpointApi Sliced(Cluster cluster) => EndpointApi.Of(cluster, Web)[^1];

    private static Pod PodOf(int number) => Made.Running($"web-{number}", "n1", IpAddress.Parse("10.0.0.0").Plus((UInt128)number).ToString(), "app=web");

    private static Cluster ClusterOf(int pods) =>
        new ClusterObjects { Nodes = Made.Nodes(1), Pods = [.. Enumerable.Range(1, pods).Select(PodOf)], Services = [Web] }.Reconciled().Cluster;

    /// <summary>Watches the slices of a cluster, as a node does.</summary>
    private sealed class SlowWatch(Cluster cluster, Func<int, long> bytesOf)
    {
        private Cluster _cluster = cluster;

        public WatchTraffic Traffic { get; private set; } = new(0, 0, 0);

        public void Change(Func<ImmutableArray<Pod>, ImmutableArray<Pod>> change)
        {
            Cluster before = _cluster;
            _cluster = ControlPlane.WithPods(before, change(before.Pods));
            foreach (EndpointSlice slice in _cluster.EndpointSlices.Where(slice => !before.EndpointSlices.Any(old => ReferenceEquals(old, slice))))
                Hear(slice);
            foreach (EndpointSlice gone in before.EndpointSlices.Where(old => _cluster.EndpointSlices.All(slice => slice.Meta.Name != old.Meta.Name)))
                Hear(gone);
        }

        private void Hear(EndpointSlice slice) => Traffic = bytesOf(slice.Endpoints.Length) is var size
            ? new WatchTraffic(Traffic.Writes + 1, Traffic.Bytes + size, Math.Max(Traffic.LargestObject, size)) : Traffic;
    }
}
