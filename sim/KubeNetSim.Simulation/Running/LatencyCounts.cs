using System.Numerics;
using HdrHistogram;

namespace KubeNetSim.Simulation;

/// <summary>
/// Counts latencies while a run goes on, in the cells of an HdrHistogram of three digits (hdrhistogram.org): the library counts them one by one
/// several times as slowly, and a run counts millions. What it hands out is the library's.
/// </summary>
internal sealed class LatencyCounts
{
    /// <summary>The longest latency that is told apart: an hour [ns].</summary>
    public const long LongestNs = 3_600L * 1_000_000_000;

    private const int Digits = 3;

    // Values are told apart up to 2 * 10^Digits, rounded up to a power of two; beyond, each doubling has half as many cells of twice the width.
    private const int CellBits = 11;
    private const int HalfBits = CellBits - 1;

    private long[] _counts = new long[1 << CellBits];

    /// <summary>Counts a latency, 0 or more [ns].</summary>
    public void Record(long latency)
    {
        long value = Math.Min(latency, LongestNs);
        int doubling = BitOperations.Log2((ulong)value | ((1UL << CellBits) - 1)) - HalfBits;
        int cell = (doubling << HalfBits) + (int)(value >> doubling);
        if (cell >= _counts.Length)
            Array.Resize(ref _counts, (int)BitOperations.RoundUpToPowerOf2((uint)cell + 1));
        _counts[cell]++;
    }

    /// <summary>The histogram.</summary>
    public LongHistogram ToHistogram()
    {
        LongHistogram histogram = new(LongestNs, Digits);
        for (int cell = 0; cell < _counts.Length; cell++)
            if (_counts[cell] > 0)
                histogram.RecordValueWithCount(ValueOf(cell), _counts[cell]);
        return histogram;
    }

    private static long ValueOf(int cell)
    {
        int doubling = Math.Max(0, (cell >> HalfBits) - 1);
        return (cell - ((long)doubling << HalfBits)) << doubling;
    }
}
