using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

public class ServiceTableTests
{
    private static readonly Service Dock = Given.Service("dock", "10.96.0.1");
    private static readonly Service Crane = Given.Service("crane", "10.96.0.2");
    private static readonly Node[] Piers = [Given.Node("pier-1", "192.0.2.1"), Given.Node("pier-2", "192.0.2.2")];

    [Test]
    public void A_changed_table_decides_like_one_compiled_anew([Values] bool alsoAddresses)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            RandomCluster before = RandomCluster.Make(seed, ProxyModeNames.Iptables);
            Service service = before.Cluster.Services[seed % before.Cluster.Services.Length];
            Service changed = alsoAddresses ? service with { ExternalIPs = [IpAddress.Parse("203.0.113.250"), IpAddress.Parse("2001:db8:f::1")] } : service;
            EndpointSlice slice = Given.Slice(changed, seed % 3 == 0 ? [] : [Given.Ready("10.1.1.77", "pier-1"), Given.Terminating("10.1.1.78", "pier-1")]);
            Cluster after = before.Cluster with
            {
                Services = before.Cluster.Services.Replace(service, changed),
                EndpointSlices = before.Cluster.EndpointSlices.RemoveAll(each => each.ServiceName == service.Meta.Name).Add(slice),
            };

            ServiceTable incremental = ServiceTable.Compile(before.Cluster).With(before.Cluster, new PublishedService(changed, [slice]));

            Assert.That(Listing(after, incremental, before.Node), Is.EqualTo(Listing(after, ServiceTable.Compile(after), before.Node)), $"seed {seed}");
        }
    }

    [Test]
    public void A_change_of_endpoints_leaves_the_entries_of_other_services_alone()
    {
        Cluster cluster = Given.Cluster(Piers, (Dock, [Given.Ready("10.1.1.1", "pier-1")]), (Crane, [Given.Ready("10.1.1.2", "pier-1")]));
        ServiceTable before = ServiceTable.Compile(cluster);

        ServiceTable after = before.With(cluster, new PublishedService(Dock, [Given.Slice(Dock, Given.Ready("10.1.1.9", "pier-2"))]));

        Assert.That(after.Ports[1], Is.SameAs(before.Ports[1]));
        Assert.That(after.Ports[0].Endpoints[0].Address, Is.EqualTo(IpAddress.Parse("10.1.1.9")));
        Assert.That(before.Ports[0].Endpoints[0].Address, Is.EqualTo(IpAddress.Parse("10.1.1.1")), "the old table is what it was");
    }

    [Test]
    public void A_new_service_is_added()
    {
        Cluster cluster = Given.Cluster(Piers, (Dock, []));

        ServiceTable after = ServiceTable.Compile(cluster).With(cluster, new PublishedService(Crane, [Given.Slice(Crane, Given.Ready("10.1.1.1", "pier-1"))]));

        Assert.That(after.Ports.Select(port => port.Name), Is.EqualTo((string[])["harbor/dock:web", "harbor/crane:web"]));
    }

    [Test]
    public void Endpoints_know_their_node_and_pod_by_number()
    {
        Pod pod = new()
        {
            Meta = new ObjectMeta { Namespace = "harbor", Name = "crane-0" },
            Spec = new PodSpec(),
            NodeName = "pier-2",
            Addresses = [IpAddress.Parse("10.1.2.1")],
        };
        Pod host = pod with { Meta = pod.Meta with { Name = "host" }, Spec = new PodSpec { HostNetwork = true }, Addresses = [IpAddress.Parse("192.0.2.1")] };
        Endpoint named = Given.Ready("10.1.2.9", "pier-2") with { PodName = "harbor/crane-0" };
        Cluster cluster = Given.Cluster(Piers, (Dock, [named, Given.Ready("10.1.2.1", "pier-2"), Given.Ready("192.0.2.1", "pier-1")])) with { Pods = [host, pod] };

        EndpointSet endpoints = ServiceTable.Compile(cluster).Ports[0].Endpoints;

        Assert.That(endpoints.ToList().Select(endpoint => $"{endpoint.Address} {endpoint.NodeIndex} {endpoint.PodIndex}"),
            Is.EqualTo((string[])["10.1.2.1 1 1", "10.1.2.9 1 1", "192.0.2.1 0 -1"]));
    }

    [Test]
    public void Slices_of_another_port_name_protocol_or_family_are_left_out()
    {
        EndpointSlice slice = Given.Slice(Dock, Given.Ready("10.1.1.1", "pier-1"));
        EndpointPort port = slice.Ports[0];
        Cluster cluster = Given.Cluster(Piers, (Dock, [])) with
        {
            EndpointSlices =
            [
                slice with { Ports = [port with { Name = "other" }] },
                slice with { Ports = [port with { Protocol = Protocol.UDP }] },
                slice with { Ports = [port with { Port = null }] },
                slice with { Family = null },
                Given.Slice(Dock, Given.Ready("fd00::1", "pier-1")),
                slice with { Meta = slice.Meta with { Namespace = "elsewhere" } },
            ],
        };

        Assert.That(ServiceTable.Compile(cluster).Ports[0].HasEndpoints, Is.False);
    }

    [Test]
    public void An_endpoint_in_two_slices_counts_once_as_the_later_slice_has_it()
    {
        Cluster cluster = Given.Cluster(Piers, (Dock, [Given.Ready("10.1.1.1", null)]));
        Cluster twice = cluster with { EndpointSlices = cluster.EndpointSlices.Add(Given.Slice(Dock, Given.Ready("10.1.1.1", "pier-2"))) };

        EndpointSet endpoints = ServiceTable.Compile(twice).Ports[0].Endpoints;

        Assert.That((endpoints.Count, endpoints[0].NodeIndex), Is.EqualTo((1, 1)));
    }

    [Test]
    public void An_index_outside_of_a_set_is_refused()
    {
        Assert.That(() => default(EndpointSet)[0], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static string Listing(Cluster cluster, ServiceTable table, int node) => string.Join('\n',
        RuleListing.Of(ProxyModeList.BuiltIn.Program(table, cluster.Nodes[node], cluster.KubeProxy, IptablesBackend.Nft, 5)));
}
