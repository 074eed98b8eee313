using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>
/// Replicas that a Scenario states instead of its manifests: <c>replicas: {web: 6}</c>. A field of the Scenario, so that sweeps and plans can vary it
/// while the manifests stay what people apply.
/// </summary>
internal static class ReplicaOverrides
{
    private const long MostReplicas = 1_000_000;

    /// <summary>Controllers by name, with their numbers of pods.</summary>
    public static ImmutableArray<(string Name, int Replicas)> Read(Fields? fields)
    {
        if (fields is null)
            return [];
        ImmutableArray<(string, int)>.Builder read = ImmutableArray.CreateBuilder<(string, int)>();
        foreach ((ScalarNode key, _) in fields.Node.Entries)
            if (fields.Integer(key.Text, 0, MostReplicas) is { } replicas)
                read.Add((key.Text, (int)replicas));
        return read.ToImmutable();
    }

    /// <summary>The controllers with these numbers; what cannot be found is reported.</summary>
    public static ImmutableArray<PodController> Apply(
        ImmutableArray<(string Name, int Replicas)> replicas, ImmutableArray<PodController> controllers, Fields spec)
    {
        foreach ((string name, int count) in replicas)
        {
            PodController[] named = [.. controllers.Where(item => item.Meta.Name == name && item.Kind != PodControllerKind.DaemonSet && item.OwnedBy is null)];
            if (named.Length == 1)
                controllers = controllers.Replace(named[0], named[0] with { Replicas = count });
            else
                spec.Error("unknown-scale-target", "replicas", named.Length == 0
                    ? $"There is no Deployment, StatefulSet or ReplicaSet {name} in the files"
                    : $"There are several with the name {name}: {string.Join(" and ", named.Select(item => $"{item.Kind} {item.Meta.FullName}"))}",
                    named.Length == 0 ? Spelling.Help(name, [.. controllers.Select(item => item.Meta.Name)]) : null);
        }
        return controllers;
    }
}
