using System.Text;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>A node in one line of JSON-like text: what it says, without where it stands.</summary>
internal static class NodeText
{
    public static string Of(ManifestNode node)
    {
        StringBuilder text = new();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ManifestNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                AppendAll(text, '{', mapping.Entries, entry =>
                {
                    text.Append(entry.Key.Text).Append(':');
                    Append(text, entry.Value);
                }, '}');
                break;
            case SequenceNode sequence:
                AppendAll(text, '[', sequence.Items, item => Append(text, item), ']');
                break;
            default:
                text.Append(((ScalarNode)node).Text);
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IReadOnlyList<T> items, Action<T> append, char close)
    {
        text.Append(open);
        for (int item = 0; item < items.Count; item++)
        {
            if (item > 0)
                text.Append(',');
            append(items[item]);
        }
        text.Append(close);
    }
}
