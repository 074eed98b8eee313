using KubeNetSim.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

public class DispatchOrderTests
{
    [Test]
    public void Every_place_of_the_list_is_taken_by_one_rule([Values(1, 2, 3, 5, 16, 17, 255, 1000, 4097)] int length)
    {
        DispatchOrder order = new(0xC0FFEE);

        int[] places = [.. Enumerable.Range(0, length).Select(rule => order.PlaceOf(rule, length)).Order()];

        Assert.That(places, Is.EqualTo(Enumerable.Range(0, length)));
    }

    [Test]
    public void Another_sync_writes_another_order()
    {
        int[] OrderOf(ulong key) => [.. Enumerable.Range(0, 100).Select(rule => new DispatchOrder(key).PlaceOf(rule, 100))];

        Assert.That(OrderOf(1), Is.Not.EqualTo(OrderOf(2)));
    }

    [Test]
    public void A_rule_is_as_likely_in_any_tenth_of_the_list_over_many_syncs()
    {
        const int Syncs = 20_000;
        int[] tenths = new int[10];
        for (ulong key = 0; key < Syncs; key++)
            tenths[new DispatchOrder(key * 0x9E3779B97F4A7C15).PlaceOf(3, 1000) / 100]++;

        double chiSquare = tenths.Sum(count => Math.Pow(count - (Syncs / 10.0), 2) / (Syncs / 10.0));

        // 99.9 % quantile of chi-square with 9 degrees of freedom.
        Assert.That(chiSquare, Is.LessThan(27.88));
    }

    [Test]
    public void Two_rules_come_in_either_order_equally_often()
    {
        const int Syncs = 20_000;
        int before = 0;
        for (ulong key = 0; key < Syncs; key++)
        {
            DispatchOrder order = new(key * 0x9E3779B97F4A7C15);
            if (order.PlaceOf(0, 50) < order.PlaceOf(1, 50))
                before++;
        }

        // 3.3 standard deviations of a fair coin: one run in a thousand would differ more.
        Assert.That(before, Is.EqualTo(Syncs / 2).Within(3.3 * Math.Sqrt(Syncs) / 2));
    }
}
