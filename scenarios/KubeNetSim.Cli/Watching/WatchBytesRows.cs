using System.Collections.Immutable;

namespace KubeNetSim.Cli.Watching;

/// <summary>What changes of one Service's endpoints send, as rows for a table and for figures.</summary>
internal sealed class WatchBytesRows(Service service, int nodes, ImmutableArray<EndpointApi> apis)
{
    // As far as KEP-0752 looks.
    private const int MostDrawn = 20_000;

    private static readonly ImmutableArray<EndpointChange> Drawn = [EndpointChange.OneEndpoint, EndpointChange.RollingUpdate];

    /// <summary>Every change, at a number of endpoints.</summary>
    public ImmutableArray<WatchBytesRow> At(int endpoints) =>
        [.. Enum.GetValues<EndpointChange>().SelectMany(change => apis.Select(api => Row(api, change, endpoints)))];

    /// <summary>One endpoint and all of them, at 10 to 20,000 endpoints.</summary>
    public ImmutableArray<WatchBytesRow> AtAllSizes() =>
        [.. Drawn.SelectMany(change => apis.SelectMany(api => Sizes().Select(endpoints => Row(api, change, endpoints))))];

    private static IEnumerable<int> Sizes()
    {
        for (int power = 10; power <= MostDrawn; power *= 10)
            foreach (int factor in (int[])[1, 2, 5])
                if (power * factor <= MostDrawn)
                    yield return power * factor;
    }

    private WatchBytesRow Row(EndpointApi api, EndpointChange change, int endpoints)
    {
        WatchTraffic traffic = WatchTraffic.Of(api, change, endpoints);
        return new WatchBytesRow(service.Meta.FullName, endpoints, nodes, NameOf(change), api.Name,
            traffic.Writes, traffic.Writes * nodes, traffic.LargestObject, traffic.Bytes, traffic.Bytes * nodes);
    }

    private static string NameOf(EndpointChange change) => change switch
    {
        EndpointChange.Creation => "created",
        EndpointChange.OneEndpoint => "one endpoint changes",
        EndpointChange.RollingUpdate => "rolling update",
        _ => "scaled to twice as many",
    };
}
