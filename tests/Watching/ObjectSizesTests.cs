using KubeNetSim.Tests.Controllers;
using NUnit.Framework;

namespace KubeNetSim.Tests.Watching;

/// <summary>Lengths in protobuf, counted by hand from the .proto files of k8s.io/api and the encoding's rules.</summary>
public class ObjectSizesTests
{
    private static readonly Endpoint Endpoint = new()
    {
        Addresses = [IpAddress.Parse("10.0.0.1")],
        Ready = true,
        Serving = true,
        Terminating = false,
        NodeName = "n1",
        PodName = "shop/web-1",
    };

    // targetRef: kind 2 + 3, namespace 2 + 4, name 2 + 5, UID 2 + 36, three empty texts of 2; tag and length before it.
    private const int Reference = 2 + (5 + 6 + 7 + 38 + 6);

    [TestCase(0, "", 10 + 8 + Reference + 4, Description = "address 2 + 8, conditions 2 + 3 x 2, nodeName 2 + 2")]
    [TestCase(1, "zone-a", 10 + 8 + Reference + 4 + 8 + 2 + 2 + 8, Description = "and the zone 2 + 6, and hints: a message around a message around the zone")]
    public void An_endpoint_of_a_slice_has_its_length(int hints, string zone, int length)
    {
        Endpoint endpoint = Endpoint with { Zone = zone.Length > 0 ? zone : null, ZoneHints = [.. Enumerable.Repeat(zone, hints)] };

        Assert.That(ObjectSizes.InSlice(endpoint), Is.EqualTo(length));
    }

    [Test(Description = "ip 2 + 8, targetRef, hostname 2 though empty, nodeName 2 + 2")]
    public void An_address_of_Endpoints_has_its_length() => Assert.That(ObjectSizes.InEndpoints(Endpoint), Is.EqualTo(10 + Reference + 2 + 4));

    [TestCase(127, 1 + 1 + 127)]
    [TestCase(128, 1 + 2 + 128)]
    [TestCase(16_384, 1 + 3 + 16_384)]
    public void A_length_takes_a_byte_for_every_seven_bits(long length, long expected) => Assert.That(ProtobufLength.Message(length), Is.EqualTo(expected));

    [Test(Description = "KEP-0752 estimates 100 B an endpoint, the Kubernetes blog of 2020-09-02 300 B")]
    public void An_endpoint_takes_about_what_others_estimate()
    {
        Cluster cluster = new ClusterObjects { Controllers = [Made.Deployment("web", 200)], Services = [Made.Service("web", "app=web")] }.Reconciled().Cluster;

        Assert.That(EndpointApi.Of(cluster, cluster.Services[0]).Select(api => (api.BytesOf(1_000) - api.BytesOf(0)) / 1_000), Is.All.InRange(100, 300));
    }
}
