namespace KubeNetSim.Analysis;

/// <summary>List prices that come with the simulator. They age: the date of each is printed with every bill, and users can give their own.</summary>
internal static class CloudPrices
{
    private const double Gigabyte = 1e9;
    private const double Gibibyte = 1L << 30;

    /// <summary>AWS with a Network Load Balancer for each Service, as its controllers set them up.</summary>
    public static PriceSheet Aws { get; } = new()
    {
        Name = "aws",
        Region = "us-east-1",
        AsOf = "2026-09-20",
        Source = "aws.amazon.com/elasticloadbalancing/pricing (transcript of 2026-09-20), awsnegotiations.com (2026-05), usage.ai (2026-06-02)",
        LoadBalancer = new LoadBalancerPrice(FirstHour: 0, Together: 0, FurtherHour: 0.0225),
        // TCP; 100,000 active connections are the third dimension, which the simulated ones do not come near.
        Capacity = new CapacityPrice("NLCU", UnitHour: 0.006, NewConnectionsPerSecond: 800, GigabytesPerHour: 1),
        // 0.01 for the sender and 0.01 for the receiver.
        CrossZoneGigabyte = 0.02,
        InternetEgress =
        [
            new PriceTier(100, 0), new PriceTier(10_000, 0.09), new PriceTier(50_000, 0.085), new PriceTier(150_000, 0.07),
            new PriceTier(double.PositiveInfinity, 0.05),
        ],
        BytesPerGigabyte = Gigabyte,
    };

    /// <summary>Google Cloud with an external passthrough load balancer for each Service, Premium tier.</summary>
    public static PriceSheet Gcp { get; } = new()
    {
        Name = "gcp",
        Region = "us-central1",
        AsOf = "2026-09-20",
        Source = "cloud.google.com/load-balancing/pricing, /vpc/network-pricing (transcripts of 2026-09-20); further egress tiers from dev.to (undated)",
        // The page does not say whether 0.025 is for the first five rules together or for each; it is read as together.
        LoadBalancer = new LoadBalancerPrice(FirstHour: 0.025, Together: 5, FurtherHour: 0.01),
        ProcessedGigabyte = 0.008,
        CrossZoneGigabyte = 0.01,
        InternetEgress =
        [
            new PriceTier(1, 0), new PriceTier(1_024, 0.12), new PriceTier(10_240, 0.11), new PriceTier(double.PositiveInfinity, 0.08),
        ],
        BytesPerGigabyte = Gibibyte,
    };

    /// <summary>Azure with one Standard Load Balancer and a rule for each Service.</summary>
    public static PriceSheet Azure { get; } = new()
    {
        Name = "azure",
        Region = "us (region not stated)",
        AsOf = "2024-05-01",
        Source = "c3x.dev/resources (undated); no charge between zones: vjirovsky.cz (2024-05); tiers above 10 TB were not found and keep its price",
        LoadBalancer = new LoadBalancerPrice(FirstHour: 0.025, Together: 5, FurtherHour: 0.01),
        ProcessedGigabyte = 0.005,
        CrossZoneGigabyte = 0,
        InternetEgress = [new PriceTier(100, 0), new PriceTier(double.PositiveInfinity, 0.087)],
        BytesPerGigabyte = Gigabyte,
    };
}
