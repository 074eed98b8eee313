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
    public void Every_order_of_a_short_list_is_as_likely()
    {
        const int Syncs = 12_000;
        const int Orders = 120;
        int[] counts = [.. Enumerable.Range(0, Syncs)
            .Select(sync => OrderOf(sync, 5))
            .CountBy(order => string.Join(' ', Enumerable.Range(0, 5).Select(rule => order.PlaceOf(rule, 5))))
            .Select(order => order.Value)];

        Assert.That(counts, Has.Length.EqualTo(Orders));
        double chiSquare = counts.Sum(count => Math.Pow(count - (Syncs / (double)Orders), 2) / (Syncs / (double)Orders));

        // 99.9 % quantile of chi-square with 119 degrees of freedom.
        Assert.That(chiSquare, Is.LessThan(173.6));
    }

    [Test]
    public void Two_rules_come_in_either_order_equally_often([Values(2, 10, 16, 17, 50)] int length)
    {
        const int Syncs = 20_000;
        int before = Enumerable.Range(0, Syncs)
            .Count(sync => OrderOf(sync, length) is var order && order.PlaceOf(0, length) < order.PlaceOf(1, length));

        // 3.9 standard deviations of a fair coin: one run in ten thousand would differ more.
        Assert.That(before, Is.EqualTo(Syncs / 2).Within(3.9 * Math.Sqrt(Syncs) / 2));
    }

    [Test]
    public void The_mean_place_of_half_of_the_rules_varies_as_in_random_orders([Values(17, 200, 1000)] int length)
    {
        const int Syncs = 4_000;
        int half = length / 2;
        double variance = Enumerable.Range(0, Syncs)
            .Select(sync => OrderOf(sync, length))
            .Average(order => Math.Pow(Enumerable.Range(0, half).Average(rule => order.PlaceOf(rule, length)) - ((length - 1) / 2.0), 2));

        // A sample without replacement from 0 to length - 1 (Cochran, Sampling Techniques, 3rd ed., theorem 2.2).
        double expected = (length + 1.0) * (length - half) / (12.0 * half);

        // 3.9 standard deviations of a variance that was estimated from so many syncs.
        Assert.That(variance / expected, Is.EqualTo(1).Within(3.9 * Math.Sqrt(2.0 / Syncs)));
    }

    private static DispatchOrder OrderOf(int sync, int length) => new(((ulong)length << 32) + (ulong)sync);
}
