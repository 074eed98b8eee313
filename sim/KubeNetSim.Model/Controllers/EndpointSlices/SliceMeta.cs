using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>Names and labels of EndpointSlices that a controller writes.</summary>
internal static class SliceMeta
{
    /// <summary>
    /// For a Service's slice with this number, written by that controller: the Service's labels and the reserved ones
    /// (setEndpointSliceLabels).
    /// </summary>
    public static ObjectMeta Of(Service service, int number, string controller)
    {
        ImmutableSortedDictionary<string, string> labels = service.Meta.Labels
            .SetItem(EndpointSlice.ServiceNameLabel, service.Meta.Name)
            .SetItem(EndpointSlice.ManagedByLabel, controller);
        return new ObjectMeta
        {
            Namespace = service.Meta.Namespace,
            Name = NameSuffix.Generate(service.Meta.Name, service.Meta.FullName, number),
            Labels = service.IsHeadless ? labels.SetItem(EndpointSlice.HeadlessLabel, "") : labels.Remove(EndpointSlice.HeadlessLabel),
            Origin = service.Meta.Origin,
        };
    }
}
