using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KubeNetSim.Model.Addresses;

/// <summary>A block of addresses such as 10.96.0.0/12. Host bits of the text are cleared.</summary>
/// <param name="First">The lowest address of the block.</param>
/// <param name="PrefixLength">How many leading bits all addresses of the block share: 0 to 32 or 0 to 128.</param>
public readonly record struct Cidr(IpAddress First, int PrefixLength)
{
    /// <summary>Reads ADDRESS/LENGTH.</summary>
    /// <exception cref="FormatException">The text is no CIDR block.</exception>
    public static Cidr Parse(string text) =>
        TryParse(text, out Cidr block) ? block : throw new FormatException($"'{text}' is not a CIDR block such as 10.0.0.0/8");

    /// <summary>Reads ADDRESS/LENGTH; false when the text is no CIDR block. Spaces around it are ignored, as Kubernetes does.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Cidr block)
    {
        block = default;
        string[] parts = text?.Trim().Split('/') ?? [];
        if (parts.Length != 2 || !IpAddress.TryParse(parts[0], out IpAddress address)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > Width(address.Family))
            return false;
        block = new Cidr(address with { Bits = address.Bits & Mask(address.Family, length) }, length);
        return true;
    }

    /// <summary>Which family its addresses belong to.</summary>
    public IpFamily Family => First.Family;

    /// <summary>The highest address of the block.</summary>
    public IpAddress Last => First with { Bits = First.Bits | (~Mask(Family, PrefixLength) & FullMask(Family)) };

    /// <summary>Whether the address lies in the block.</summary>
    public bool Contains(in IpAddress address) => address.Family == Family && (Family == IpFamily.IPv4
        ? ((uint)address.Bits & ~(uint)((ulong)uint.MaxValue >> PrefixLength)) == (uint)First.Bits
        : (address.Bits & Mask(Family, PrefixLength)) == First.Bits);

    /// <summary>Whether the two blocks have an address in common.</summary>
    public bool Overlaps(Cidr other) => Contains(other.First) || other.Contains(First);

    /// <inheritdoc/>
    public override string ToString() => $"{First}/{PrefixLength}";

    private static int Width(IpFamily family) => family == IpFamily.IPv4 ? 32 : 128;

    private static UInt128 FullMask(IpFamily family) =>
        family == IpFamily.IPv4 ? uint.MaxValue : UInt128.MaxValue;

    private static UInt128 Mask(IpFamily family, int length) =>
        length == 0 ? UInt128.Zero : (FullMask(family) << (Width(family) - length)) & FullMask(family);
}
