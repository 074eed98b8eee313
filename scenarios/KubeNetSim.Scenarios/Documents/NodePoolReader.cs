using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Reads pools of nodes, and what they share with the settings of the cluster.</summary>
internal static class NodePoolReader
{
    private const int MostNodes = 50_000;

    public static NodePool Read(Fields fields)
    {
        NodePool usual = new() { Count = 1 };
        NodePool pool = new()
        {
            Count = (int)(fields.Integer("count", 0, MostNodes) ?? usual.Count),
            Zones = Zones(fields),
            MilliCpu = fields.Quantity("cpu", 0.001, 1e5) is { } cpu ? (long)(cpu * 1_000) : usual.MilliCpu,
            MemoryBytes = fields.Quantity("memory", 1, 1e18) is { } memory ? (long)memory : usual.MemoryBytes,
            Pods = (int)(fields.Integer("pods", 1, 100_000) ?? usual.Pods),
            Labels = Labels(fields),
            Taints = Taints(fields),
        };
        fields.Close();
        return pool;
    }

    /// <summary>Labels of nodes.</summary>
    public static ImmutableSortedDictionary<string, string> Labels(Fields fields)
    {
        LabelRules.Check(fields, "labels");
        return fields.Labels("labels");
    }

    /// <summary>Taints of nodes.</summary>
    public static ImmutableArray<Taint> Taints(Fields fields) => [.. fields.Mappings("taints").Select(Taint)];

    /// <summary>Zones of nodes, each once.</summary>
    public static ImmutableArray<string> Zones(Fields cluster)
    {
        ImmutableArray<string>.Builder zones = ImmutableArray.CreateBuilder<string>();
        foreach ((ScalarNode scalar, string path) in cluster.Values("zones"))
        {
            if (!Names.IsLabelValue(scalar.Text) || scalar.Text.Length == 0)
                cluster.Problems.Add(new Problem(Severity.Error, "invalid-label", scalar.Position, path, $"\"{scalar.Text}\" is no name of a zone, which is a label of its nodes", "a zone such as eu-a"));
            else if (zones.Contains(scalar.Text))
                cluster.Problems.Add(new Problem(Severity.Error, "duplicate-zone", scalar.Position, path, $"The zone \"{scalar.Text}\" stands twice"));
            else
                zones.Add(scalar.Text);
        }
        return zones.ToImmutable();
    }

    private static Taint Taint(Fields fields)
    {
        Taint taint = NodeReader.Taint(fields);
        fields.Close();
        return taint;
    }
}
