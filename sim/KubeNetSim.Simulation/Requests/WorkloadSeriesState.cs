using System.Numerics;

namespace KubeNetSim.Simulation.Requests;

/// <summary>One workload over time. What takes room is bounded by the number of intervals, whatever the number of requests.</summary>
internal sealed class WorkloadSeriesState(long intervalNs, int intervals)
{
    private readonly long[] _succeeded = new long[intervals];
    private readonly long[] _failed = new long[intervals];
    private readonly long[] _waitNs = new long[intervals];
    private readonly CoarseHistogram?[] _latency = new CoarseHistogram?[intervals];
    private long _lastFrom;
    private long _last;

    /// <summary>A request gets its answer at this time, so long after it started [ns].</summary>
    public void Succeed(long at, long latency)
    {
        long interval = IntervalOf(at);
        if (interval >= intervals)
            return;
        _succeeded[interval]++;
        (_latency[interval] ??= new CoarseHistogram()).Count(latency);
    }

    /// <summary>A client learns at this time that its request failed [ns].</summary>
    public void Fail(long at)
    {
        if (IntervalOf(at) is var interval && interval < intervals)
            _failed[interval]++;
    }

    /// <summary>A request waits at its backend, from this time on for so long [ns].</summary>
    public void Wait(long from, long duration)
    {
        while (duration > 0 && IntervalOf(from) is var interval && interval < intervals)
        {
            long within = Math.Min(duration, ((interval + 1) * intervalNs) - from);
            _waitNs[interval] += within;
            from += within;
            duration -= within;
        }
    }

    // Mostly that of the time before, and a division takes longer than all the rest.
    private long IntervalOf(long at)
    {
        if ((ulong)(at - _lastFrom) >= (ulong)intervalNs)
        {
            _last = at / intervalNs;
            _lastFrom = _last * intervalNs;
        }
        return _last;
    }

    /// <summary>The finished record.</summary>
    public WorkloadSeriesRecord ToRecord() =>
        new([.. _succeeded], [.. _failed], [.. _latency.Select(latency => latency?.At(0.99) ?? -1)], [.. _waitNs]);

    /// <summary>
    /// Counts by the highest six bits of a value: within 2% for anything from a nanosecond to days. Holds the range that it has seen, for
    /// latencies
    /// mostly some hundred bytes.
    /// </summary>
    private sealed class CoarseHistogram
    {
        private const int Bits = 5;
        private const int Steps = 1 << Bits;

        private int[] _counts = [];
        private int _firstBin;
        private long _total;

        public void Count(long value)
        {
            int bin = BinOf(value);
            if ((uint)(bin - _firstBin) >= (uint)_counts.Length)
                Widen(bin);
            _counts[bin - _firstBin]++;
            _total++;
        }

        public long At(double share)
        {
            long wanted = Math.Max(1, (long)Math.Ceiling(share * _total));
            int index = -1;
            for (long seen = 0; seen < wanted;)
                seen += _counts[++index];
            return MiddleOf(_firstBin + index);
        }

        // By whole powers of two.
        private void Widen(int bin)
        {
            int first = bin / Steps * Steps;
            int end = first + Steps;
            if (_counts.Length > 0)
                (first, end) = (Math.Min(first, _firstBin), Math.Max(end, _firstBin + _counts.Length));
            int[] wider = new int[end - first];
            _counts.CopyTo(wider, _counts.Length > 0 ? _firstBin - first : 0);
            (_counts, _firstBin) = (wider, first);
        }

        private static int BinOf(long value)
        {
            int shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - Bits);
            return (shift * Steps) + (int)(value >> shift);
        }

        private static long MiddleOf(int bin)
        {
            int shift = Math.Max(0, (bin / Steps) - 1);
            return ((bin - (shift * (long)Steps)) << shift) + (1L << shift >> 1);
        }
    }
}
