namespace KubeNetSim.Cli.Get;

/// <summary>
/// Nodes as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go, printNode). What the simulator does not model
/// (kubelet version, operating system, container runtime) is unknown.
/// </summary>
internal static class NodeListing
{
    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string RoleLabel = "kubernetes.io/role";

    public static ListedKind Kind { get; } = new(
        ["nodes", "node", "no"],
        ["STATUS", "ROLES", "AGE", "VERSION"],
        ["INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"],
        (cluster, _) => cluster.Nodes.Select(Listed));

    private static ListedObject Listed(Node node) => new(
        node.Meta,
        [Status(node), Roles(node), ListedKind.Age, ListedKind.Unknown],
        [
            node.InternalAddresses.Length > 0 ? node.InternalAddresses[0].ToString() : ListedKind.None,
            node.ExternalAddresses.Length > 0 ? node.ExternalAddresses[0].ToString() : ListedKind.None,
            ListedKind.Unknown, ListedKind.Unknown, ListedKind.Unknown,
        ],
        () => NodeExport.Of(node));

    private static string Status(Node node) =>
        (node.Ready ? "Ready" : "NotReady") + (node.Unschedulable ? ",SchedulingDisabled" : "");

    private static string Roles(Node node)
    {
        IEnumerable<string> roles = node.Meta.Labels
            .Select(label => label.Key == RoleLabel ? label.Value
                : label.Key.StartsWith(RolePrefix, StringComparison.Ordinal) ? label.Key[RolePrefix.Length..] : "")
            .Where(role => role.Length > 0).Distinct().Order(StringComparer.Ordinal);
        string joined = string.Join(",", roles);
        return joined.Length > 0 ? joined : ListedKind.None;
    }
}
