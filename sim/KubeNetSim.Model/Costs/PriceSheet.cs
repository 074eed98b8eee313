using System.Collections.Immutable;

namespace KubeNetSim.Model.Costs;

/// <summary>What a cloud charges for the network of a cluster, before discounts and tax: a PriceSheet document.</summary>
public sealed record PriceSheet
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Region of these prices.</summary>
    public required string Region { get; init; }

    /// <summary>Currency, ISO 4217.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Day on which they were read, as YYYY-MM-DD.</summary>
    public required string AsOf { get; init; }

    /// <summary>What a load balancer costs by the hour.</summary>
    public required LoadBalancerPrice LoadBalancer { get; init; }

    /// <summary>What its capacity costs; null where capacity is not charged.</summary>
    public CapacityPrice? Capacity { get; init; }

    /// <summary>A gigabyte handled by a load balancer, in either direction.</summary>
    public double ProcessedGigabyte { get; init; }

    /// <summary>A gigabyte that leaves a zone for another one.</summary>
    public double CrossZoneSent { get; init; }

    /// <summary>A gigabyte that comes from another zone.</summary>
    public double CrossZoneReceived { get; init; }

    /// <summary>A gigabyte to the internet, by how much left before in the month; the last tier has no end.</summary>
    public required ImmutableArray<PriceTier> InternetEgress { get; init; }

    /// <summary>What processors and memory cost by the hour; null where the sheet does not say.</summary>
    public ComputePrice? Compute { get; init; }

    /// <summary>Bytes of what this cloud bills as a gigabyte: 10⁹, or 2³⁰.</summary>
    public double BytesPerGigabyte { get; init; } = 1e9;
}

/// <summary>What load balancers cost by the hour.</summary>
/// <param name="FirstHour">An hour of the first <paramref name="Together"/> of them, all together.</param>
/// <param name="Together">How many that price covers; 0 where each is charged on its own.</param>
/// <param name="FurtherHour">An hour of each further one.</param>
public sealed record LoadBalancerPrice(double FirstHour, int Together, double FurtherHour);

/// <summary>What a load balancer's capacity costs: units are the largest of what each dimension needs.</summary>
/// <param name="Unit">Name of the unit.</param>
/// <param name="UnitHour">An hour of one unit.</param>
/// <param name="NewConnectionsPerSecond">New connections a second that one unit is good for.</param>
/// <param name="GigabytesPerHour">Gigabytes an hour that one unit is good for.</param>
public sealed record CapacityPrice(string Unit, double UnitHour, double NewConnectionsPerSecond, double GigabytesPerHour);

/// <summary>What processors and memory cost by the hour: of nodes, or of what pods ask for.</summary>
/// <param name="VcpuHour">An hour of a vCPU.</param>
/// <param name="GibHour">An hour of a GiB of memory.</param>
public sealed record ComputePrice(double VcpuHour, double GibHour)
{
    private const double MilliCpuPerVcpu = 1_000;
    private const double BytesPerGib = 1L << 30;

    /// <summary>An hour of so many thousandths of a vCPU and so many bytes of memory.</summary>
    public double Hour(double milliCpu, double bytes) => milliCpu / MilliCpuPerVcpu * VcpuHour + bytes / BytesPerGib * GibHour;
}

/// <summary>A price that holds up to an amount.</summary>
/// <param name="UpTo">End of the tier, in units of the month; infinite for the last one.</param>
/// <param name="Price">Price of a unit within it.</param>
public sealed record PriceTier(double UpTo, double Price);
