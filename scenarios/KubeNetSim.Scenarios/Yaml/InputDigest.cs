using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// The hash of what documents say: two inputs have the same hash if and only if they hold the same documents in the same order. Where a value stands, how it is
/// indented and what comments say around it does not count; whether it is quoted does, because <c>"1"</c> is no number.
/// </summary>
internal sealed class InputDigest
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _text = new();

    /// <summary>Adds a document.</summary>
    public void Add(ManifestNode document)
    {
        _text.Clear();
        Append(document);
        _hash.AppendData(Encoding.UTF8.GetBytes(_text.ToString()));
    }

    /// <summary>SHA-256 of all documents added, in hexadecimal. Ends the digest.</summary>
    public string ToHex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    // Every node begins with its kind and its length, so that no text can be taken for the structure around it.
    private void Append(ManifestNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                Begin('m', mapping.Entries.Count);
                foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
                {
                    Append(key);
                    Append(value);
                }
                break;
            case SequenceNode sequence:
                Begin('s', sequence.Items.Count);
                foreach (ManifestNode item in sequence.Items)
                    Append(item);
                break;
            case ScalarNode scalar:
                Begin(scalar.Kind == ScalarKind.Text ? 't' : 'p', scalar.Text.Length);
                _text.Append(scalar.Text);
                break;
        }
    }

    private void Begin(char kind, int length) => _text.Append(kind).Append(length.ToString(CultureInfo.InvariantCulture)).Append(':');
}
