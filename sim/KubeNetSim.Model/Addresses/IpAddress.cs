using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace KubeNetSim.Model.Addresses;

/// <summary>The two IP families of a dual-stack cluster.</summary>
public enum IpFamily : byte
{
    /// <summary>IPv4 (RFC 791).</summary>
    IPv4,

    /// <summary>IPv6 (RFC 8200).</summary>
    IPv6,
}

/// <summary>
/// An IPv4 or IPv6 address as a value: cheap to hash, compare and count with. Ordered by family, then numerically.
/// The default value is 0.0.0.0.
/// </summary>
/// <param name="Bits">The address as an unsigned number in host order; IPv4 uses the low 32 bits.</param>
/// <param name="Family">Which family it belongs to.</param>
public readonly record struct IpAddress(UInt128 Bits, IpFamily Family) : IComparable<IpAddress>
{
    /// <summary>Reads an address in text form. Leading zeros of an IPv4 number are decimal, as Kubernetes reads them.</summary>
    /// <exception cref="FormatException">The text is no IP address.</exception>
    public static IpAddress Parse(string text) =>
        TryParse(text, out IpAddress address) ? address : throw new FormatException($"'{text}' is not an IP address");

    /// <summary>Reads an address in text form; false when the text is no IP address.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpAddress address)
    {
        address = default;
        if (string.IsNullOrEmpty(text))
            return false;
        if (!text.Contains(':'))
            return TryParseIPv4(text, out address);
        if (text.Contains('%') || text.Contains('[') || !IPAddress.TryParse(text, out IPAddress? parsed)
            || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out _);
        address = new IpAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes), IpFamily.IPv6);
        return true;
    }

    /// <summary>The address of an IPv4 number, for example 0x7f000001.</summary>
    public static IpAddress FromIPv4(uint bits) => new(bits, IpFamily.IPv4);

    /// <summary>The address <paramref name="offset"/> places further on in the same family.</summary>
    public IpAddress Plus(UInt128 offset) => this with { Bits = Bits + offset };

    /// <summary>Whether it lies in 127.0.0.0/8 (RFC 1122 3.2.1.3) or is ::1 (RFC 4291 2.5.3).</summary>
    public bool IsLoopback => Family == IpFamily.IPv4 ? (Bits >> 24) == 127 : Bits == 1;

    /// <summary>Whether it is 0.0.0.0 or ::.</summary>
    public bool IsUnspecified => Bits == 0;

    /// <summary>Whether it lies in 224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => Family == IpFamily.IPv4 ? (Bits >> 28) == 0xE : (Bits >> 120) == 0xFF;

    /// <summary>Whether it lies in 224.0.0.0/24 (RFC 5771 section 4) or ff02::/16, whatever the flags (RFC 4291 2.7).</summary>
    public bool IsLinkLocalMulticast => Family == IpFamily.IPv4 ? (Bits >> 8) == 0xE00000 : ((Bits >> 112) & 0xFF0F) == 0xFF02;

    /// <summary>Whether it lies in 169.254.0.0/16 (RFC 3927) or fe80::/10.</summary>
    public bool IsLinkLocal => Family == IpFamily.IPv4 ? (Bits >> 16) == 0xA9FE : (Bits >> 118) == 0x3FA;

    /// <inheritdoc/>
    public int CompareTo(IpAddress other) =>
        Family != other.Family ? Family.CompareTo(other.Family) : Bits.CompareTo(other.Bits);

    /// <summary>Whether the left address comes before the right one.</summary>
    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left address comes after the right one.</summary>
    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left address does not come after the right one.</summary>
    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left address does not come before the right one.</summary>
    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;

    /// <summary>A hash that is the same in every process, so that it may place things without breaking reproducibility.</summary>
    public override int GetHashCode()
    {
        ulong folded = ((ulong)Bits ^ (ulong)(Bits >> 64) ^ (ulong)Family) * 0x9E3779B97F4A7C15;
        return (int)(folded >> 32);
    }

    /// <summary>Dotted decimal, or the canonical IPv6 form of RFC 5952.</summary>
    public override string ToString()
    {
        if (Family == IpFamily.IPv4)
        {
            uint bits = (uint)Bits;
            return $"{bits >> 24}.{(bits >> 16) & 255}.{(bits >> 8) & 255}.{bits & 255}";
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(bytes).ToString();
    }

    private static bool TryParseIPv4(string text, out IpAddress address)
    {
        address = default;
        uint bits = 0;
        int parts = 0;
        foreach (Range range in text.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> part = text.AsSpan()[range];
            if (++parts > 4 || part.IsEmpty || part.Length > 3 || part.ContainsAnyExceptInRange('0', '9'))
                return false;
            int number = int.Parse(part, System.Globalization.CultureInfo.InvariantCulture);
            if (number > 255)
                return false;
            bits = (bits << 8) | (uint)number;
        }
        address = FromIPv4(bits);
        return parts == 4;
    }
}
