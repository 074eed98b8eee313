using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class MonthlyBillTests
{
    private static readonly PriceSheet Aws = PriceSheetReader.BuiltIn("aws")!;
    private static readonly PriceSheet Gcp = PriceSheetReader.BuiltIn("gcp")!;

    [TestCase("aws", Description = "20 x 730 h x 0.0225 = 328.50: the usual 15 to 20 USD a Service")]
    public void Twenty_load_balancers_cost_three_to_four_hundred_dollars_and_one_pays_for_one(string cloud)
    {
        PriceSheet sheet = PriceSheetReader.BuiltIn(cloud)!;

        Assert.That(MonthlyBill.Of(Idle(loadBalancers: 20), sheet).Monthly, Is.InRange(300, 400));
        Assert.That(MonthlyBill.Of(Idle(loadBalancers: 1), sheet).Monthly, Is.InRange(15, 20));
    }

    [Test]
    public void What_routers_share_stands_beside_what_Services_have_for_themselves()
    {
        CostResult cost = MonthlyBill.Of(Idle(loadBalancers: 21) with { RouterLoadBalancers = 1 }, Aws);

        Assert.That(cost.Items.Select(item => $"{item.What}: {item.Quantity}"), Is.EqualTo(["load balancers, 20 Services: 14600", "load balancers, 1 HTTP router: 730"]));
        Assert.That(cost.Monthly, Is.EqualTo(21 * 730 * 0.0225).Within(1e-9));
    }

    [TestCase(1, 0.025 * 730, Description = "the first five together")]
    [TestCase(5, 0.025 * 730)]
    [TestCase(20, (0.025 + 15 * 0.01) * 730)]
    [TestCase(0, 0)]
    public void Where_the_first_five_rules_share_a_price_each_further_one_adds_its_own(int loadBalancers, double expected)
    {
        Assert.That(MonthlyBill.Of(Idle(loadBalancers), Gcp).Monthly, Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void Internet_egress_climbs_through_the_tiers()
    {
        // 12,000 GB: 100 free, 9,900 at 0.09, 2,000 at 0.085.
        CostResult cost = MonthlyBill.Of(Busy(workload => workload with { InternetEgressBytes = InAnHour(12_000) }), Aws);

        Assert.That(cost.Monthly, Is.EqualTo(9_900 * 0.09 + 2_000 * 0.085).Within(1e-6));
        Assert.That(cost.Items.Select(item => item.Quantity), Is.EqualTo(new[] { 100.0, 9_900, 2_000 }).Within(1e-6));
    }

    [Test]
    public void Traffic_between_zones_is_paid_by_sender_and_receiver_on_aws_by_the_sender_on_gcp_and_by_nobody_on_azure()
    {
        RunResults results = Busy(workload => workload with { CrossZoneBytes = InAnHour(1_000) });

        Assert.That(MonthlyBill.Of(results, Aws).Monthly, Is.EqualTo(20).Within(1e-6));
        Assert.That(MonthlyBill.Of(results, Gcp).Monthly, Is.EqualTo(1e12 / (1L << 30) * 0.01).Within(1e-6));
        Assert.That(MonthlyBill.Of(results, PriceSheetReader.BuiltIn("azure")!).Monthly, Is.Zero);
    }

    [Test]
    public void Capacity_is_charged_by_the_dimension_that_needs_most()
    {
        // 8,000 new connections a second are 10 units; 2 GB an hour would be 2.
        RunResults byConnections = Busy(workload => workload with { Connections = 8_000 * 3_600, LoadBalancerBytes = 2_000_000_000 });
        RunResults byBytes = Busy(workload => workload with { Connections = 3_600, LoadBalancerBytes = 2_000_000_000 });

        Assert.That(MonthlyBill.Of(byConnections, Aws).Monthly, Is.EqualTo(10 * 730 * 0.006).Within(1e-6));
        Assert.That(MonthlyBill.Of(byBytes, Aws).Monthly, Is.EqualTo(2 * 730 * 0.006).Within(1e-6));
    }

    [Test]
    public void Items_add_up_and_each_is_quantity_times_unit_price()
    {
        RunResults results = Gallery.Results with { LoadBalancers = 3 };

        foreach (string cloud in (string[])["aws", "gcp", "azure"])
        {
            CostResult cost = MonthlyBill.Of(results, PriceSheetReader.BuiltIn(cloud)!);

            Assert.That(cost.Items, Is.Not.Empty);
            Assert.That(cost.Items.Sum(item => item.Monthly), Is.EqualTo(cost.Monthly).Within(1e-9));
            Assert.That(cost.Items, Has.All.Matches<CostItem>(item => Math.Abs((item!.Quantity * item.UnitPrice) - item.Monthly) < 1e-9));
        }
    }

    [Test]
    public void What_was_not_simulated_costs_nothing() => Assert.That(MonthlyBill.Of(Idle(loadBalancers: 0), Aws).Items, Is.Empty);

    [TestCase("none")]
    [TestCase("minikube")]
    [TestCase("metallb")]
    public void A_cluster_of_ones_own_has_no_price_sheet(string cloud) => Assert.That(PriceSheetReader.BuiltIn(cloud), Is.Null);

    [Test]
    public void Every_sheet_says_where_and_when_its_prices_were_read()
    {
        foreach (string cloud in (string[])["aws", "gcp", "azure"])
        {
            PriceSheet sheet = PriceSheetReader.BuiltIn(cloud)!;

            Assert.That(sheet.AsOf, Does.Match(@"^\d{4}-\d\d-\d\d$"));
            Assert.That(sheet.InternetEgress[^1].UpTo, Is.EqualTo(double.PositiveInfinity));
        }
    }

    private static RunResults Idle(int loadBalancers) => Busy(workload => workload) with { LoadBalancers = loadBalancers };

    // One replication in which exactly one hour was measured.
    private static RunResults Busy(Func<WorkloadResult, WorkloadResult> change)
    {
        RunResults results = RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, Fabricated.Workload("quiet"))]);
        return results with { SimulatedSeconds = 3_610, WarmupSeconds = 10, Workloads = [change(results.Workloads[0])] };
    }

    private static long InAnHour(double gigabytesAMonth) => (long)(gigabytesAMonth / MonthlyBill.HoursPerMonth * 1e9);
}
