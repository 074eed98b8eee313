namespace KubeNetSim.Cli.Get;

/// <summary>
/// Events as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go, printEvent), without their made names: what the
/// controllers had to say, such as why there are no topology hints.
/// </summary>
internal static class EventListing
{
    public static ListedKind Kind { get; } = new(
        ["events", "event", "ev"],
        ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"],
        [],
        (cluster, _) => cluster.Events.Select(Listed))
    {
        ShowsName = false,
    };

    private static ListedObject Listed(ClusterEvent item, int number) => new(
        EventExport.Meta(item, number),
        [ListedKind.Age, EventExport.TypeOf(item), item.Reason, $"{item.Kind.ToLowerInvariant()}/{item.Name}", item.Message],
        [],
        () => EventExport.Of(item, number));
}
