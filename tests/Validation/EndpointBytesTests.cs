using NUnit.Framework;

namespace KubeNetSim.Tests.Validation;

/// <summary>
/// The tables of KEP-0752 (kubernetes/enhancements keps/sig-network/0752-endpointslices, "Estimation") to the digit: 20,000 endpoints and
/// 5,000 nodes, 20 endpoints and 10 nodes. One entry is left out: for one endpoint a slice at creation the KEP prints 10 GB, where its own
/// 1 kB for each of its 100,000,000 events makes 100 GB; that is what stands here.
/// </summary>
public class EndpointBytesTests
{
    private const long KB = 1_000;
    private const long MB = 1_000_000;
    private const long GB = 1_000_000_000;
    private const long TB = 1_000_000_000_000;

    [TestCase(20_000, 5_000, 0, 1, 5_000, 2 * MB, 10 * GB)]
    [TestCase(20_000, 5_000, 1, 200, 1_000_000, 10 * KB, 10 * GB)]
    [TestCase(20_000, 5_000, 2, 20_000, 100_000_000, KB, 100 * GB)]
    [TestCase(20, 10, 0, 1, 10, KB, 10 * KB)]
    [TestCase(20, 10, 1, 1, 10, KB, 10 * KB)]
    [TestCase(20, 10, 2, 20, 200, KB, 200 * KB)]
    public void Creation(int endpoints, int nodes, int api, long writes, long events, long objectBytes, long bytes) =>
        Assert.That(TableOf(EndpointChange.Creation, endpoints, nodes, api), Is.EqualTo((writes, events, objectBytes, bytes)));

    [TestCase(20_000, 5_000, 0, 2 * MB, 10 * GB)]
    [TestCase(20_000, 5_000, 1, 10 * KB, 50 * MB)]
    [TestCase(20_000, 5_000, 2, KB, 5 * MB)]
    [TestCase(20, 10, 0, KB, 10 * KB)]
    [TestCase(20, 10, 1, KB, 10 * KB)]
    [TestCase(20, 10, 2, KB, 10 * KB)]
    public void Single_endpoint_update(int endpoints, int nodes, int api, long objectBytes, long bytes) =>
        Assert.That(TableOf(EndpointChange.OneEndpoint, endpoints, nodes, api), Is.EqualTo((1L, (long)nodes, objectBytes, bytes)));

    [TestCase(20_000, 5_000, 0, 2 * MB, 200 * TB)]
    [TestCase(20_000, 5_000, 1, 10 * KB, TB)]
    [TestCase(20_000, 5_000, 2, KB, 100 * GB)]
    [TestCase(20, 10, 0, KB, 200 * KB)]
    [TestCase(20, 10, 1, KB, 200 * KB)]
    [TestCase(20, 10, 2, KB, 200 * KB)]
    public void Rolling_update(int endpoints, int nodes, int api, long objectBytes, long bytes) =>
        Assert.That(TableOf(EndpointChange.RollingUpdate, endpoints, nodes, api), Is.EqualTo(((long)endpoints, (long)endpoints * nodes, objectBytes, bytes)));

    private static (long Writes, long Events, long Object, long Bytes) TableOf(EndpointChange change, int endpoints, int nodes, int api)
    {
        WatchTraffic traffic = WatchTraffic.Of(EndpointApi.Kep0752[api], change, endpoints);
        return (traffic.Writes, traffic.Writes * nodes, traffic.LargestObject, traffic.Bytes * nodes);
    }
}
