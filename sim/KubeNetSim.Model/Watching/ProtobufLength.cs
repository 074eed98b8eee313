using System.Text;

namespace KubeNetSim.Model.Watching;

/// <summary>Lengths of protobuf fields whose number is below 16, tag included [B] (protobuf.dev, "Encoding").</summary>
internal static class ProtobufLength
{
    /// <summary>A string.</summary>
    public static long Text(string text) => Message(Encoding.UTF8.GetByteCount(text));

    /// <summary>A message, or any other field that its length precedes.</summary>
    public static long Message(long length) => 1 + Varint(length) + length;

    /// <summary>A whole number from 0.</summary>
    public static long Number(long number) => 1 + Varint(number);

    /// <summary>A boolean that may be unset.</summary>
    public static long Flag(bool? value) => value is null ? 0 : 2;

    // Seven bits a byte.
    private static int Varint(long number)
    {
        int bytes = 1;
        for (number >>= 7; number > 0; number >>= 7)
            bytes++;
        return bytes;
    }
}
