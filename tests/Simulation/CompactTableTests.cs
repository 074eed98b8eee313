using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

internal sealed class CompactTableTests
{
    [Test]
    public void It_keeps_what_a_dictionary_keeps()
    {
        Random random = new(1);
        CompactTable<long> table = new();
        Dictionary<(int, int, int), long> twin = [];
        for (int look = 0; look < 200_000; look++)
        {
            (int First, int Second, int Third) key = (random.Next(60), random.Next(-1, 400), random.Next(3));
            bool isNew = twin.TryAdd(key, 0);
            ref long value = ref table.At(key.First, key.Second, key.Third, out bool isKnown);
            Assert.That(isKnown, Is.EqualTo(!isNew));
            Assert.That(value, Is.EqualTo(twin[key]));
            twin[key] = value = look;
        }

        foreach (((int first, int second, int third), long value) in twin)
        {
            Assert.That(table.Peek(first, second, third), Is.EqualTo(value));
            Assert.That(table.At(first, second, third, out _), Is.EqualTo(value));
        }
    }

    [Test]
    public void Whoever_only_looks_adds_nothing()
    {
        CompactTable<long> table = new();
        for (int number = 0; number < 10_000; number++)
        {
            table.Prefetch(number, -number, number);
            Assert.That(table.Peek(number, -number, number), Is.Zero);
        }

        table.At(5, -5, 5, out bool isKnown);

        Assert.That(isKnown, Is.False);
    }
}
