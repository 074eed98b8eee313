using System.Collections.Immutable;

namespace KubeNetSim.Model.Watching;

/// <summary>Something that happens to the endpoints of a Service.</summary>
public enum EndpointChange
{
    /// <summary>The Service is created and its pods are there already; a node that lists everything gets as much.</summary>
    Creation,

    /// <summary>One endpoint changes, for example becomes ready.</summary>
    OneEndpoint,

    /// <summary>Every pod is replaced by another, one after the other.</summary>
    RollingUpdate,

    /// <summary>As many pods again are added, one after the other.</summary>
    Doubling,
}

/// <summary>The bytes that a change sends to its watchers.</summary>
/// <param name="Writes">Objects written, each of which is one event for each watcher.</param>
/// <param name="Bytes">What one watcher receives [B].</param>
/// <param name="LargestObject">The largest object written [B].</param>
public sealed record WatchTraffic(long Writes, long Bytes, long LargestObject)
{
    /// <summary>
    /// The cost of a change. Changes of several pods come one at a time, each published alone: this is the upper bound; a controller that
    /// is busy publishes several at once. Takes O(endpoints x objects).
    /// </summary>
    /// <param name="api">How endpoints are published.</param>
    /// <param name="change">What happens.</param>
    /// <param name="endpoints">How many endpoints there are before, from 1.</param>
    public static WatchTraffic Of(EndpointApi api, EndpointChange change, int endpoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(endpoints, 1);
        PublishedObjects objects = new(api, endpoints);
        switch (change)
        {
            case EndpointChange.Creation:
                objects.WriteAll();
                break;
            case EndpointChange.OneEndpoint:
                objects.Apply(EndpointStep.ChangeOld);
                break;
            case EndpointChange.RollingUpdate:
                Repeat(objects, api.Replacement, endpoints);
                break;
            default:
                Repeat(objects, api.Addition, endpoints);
                break;
        }
        return new WatchTraffic(objects.Writes, objects.Bytes, objects.LargestObject);
    }

    /// <summary>The slices of a Service, of its first family.</summary>
    public static IEnumerable<EndpointSlice> SlicesOf(Cluster cluster, Service service)
    {
        EndpointSlice[] all = [.. cluster.EndpointSlices.Where(slice => slice.ServiceName == service.Meta.Name
            && slice.Meta.Namespace == service.Meta.Namespace)];
        return all.Where(slice => slice.Family == all[0].Family);
    }

    private static void Repeat(PublishedObjects objects, ImmutableArray<EndpointStep> steps, int times)
    {
        for (int time = 0; time < times; time++)
            foreach (EndpointStep step in steps)
                objects.Apply(step);
    }
}
