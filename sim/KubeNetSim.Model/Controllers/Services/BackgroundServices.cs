using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Model.Controllers.Services;

/// <summary>
/// Services of other applications, which fill the rule tables: each with a cluster IP, one port and one endpoint outside of the cluster's
/// pods. They are Services like any other, so their cost arises in the same place as that of real ones.
/// </summary>
internal static class BackgroundServices
{
    private const string Namespace = "background";

    /// <summary>Where their endpoints are: the block for carriers (RFC 6598), which no pod of a cluster here has.</summary>
    private static readonly Cidr EndpointBlock = Cidr.Parse("100.64.0.0/10");
    private static readonly Cidr EndpointBlockIPv6 = Cidr.Parse("fd00:100:64::/64");

    private static readonly ImmutableArray<ServicePort> Ports = [new ServicePort { Port = 80, TargetPort = 8080 }];
    private static readonly ImmutableArray<EndpointPort> EndpointPorts = [new EndpointPort("", 8080, Protocol.TCP)];

    public static IEnumerable<Service> Services(int count)
    {
        for (int number = 0; number < count; number++)
            yield return new Service
            {
                Meta = new ObjectMeta { Namespace = Namespace, Name = Name(number) },
                Ports = Ports,
                IsBackground = true,
            };
    }

    public static IEnumerable<EndpointSlice> Slices(int count, IpFamily family)
    {
        Cidr block = family == IpFamily.IPv4 ? EndpointBlock : EndpointBlockIPv6;
        for (int number = 0; number < count; number++)
            yield return new EndpointSlice
            {
                Meta = new ObjectMeta
                {
                    Namespace = Namespace,
                    Name = $"{Name(number)}-slice",
                    Labels = ObjectMeta.NoLabels.Add(EndpointSlice.ServiceNameLabel, Name(number)),
                },
                Family = family,
                Ports = EndpointPorts,
                Endpoints = [new Endpoint { Addresses = [block.First.Plus((UInt128)number + 1)], Ready = true }],
            };
    }

    private static string Name(int number) => $"service-{(number + 1).ToString("D5", CultureInfo.InvariantCulture)}";
}
