namespace KubeNetSim.Engine.Random;

/// <summary>When customers arrive. One object per process and run, because some have state.</summary>
public abstract class ArrivalProcess
{
    private ArrivalProcess()
    {
    }

    /// <summary>The first arrival after a time; <see cref="long.MaxValue"/> for none.</summary>
    /// <param name="now">The time of the arrival before, or 0 at the start [ns].</param>
    /// <param name="stream">Random numbers of this process.</param>
    public abstract long Next(long now, RandomStream stream);

    /// <summary>One every 1 / rate.</summary>
    /// <param name="perSecond">Rate, above 0.</param>
    public static ArrivalProcess Constant(double perSecond) => new ConstantProcess(CheckRate(perSecond));

    /// <summary>A Poisson process.</summary>
    /// <param name="perSecond">Rate, above 0.</param>
    public static ArrivalProcess Poisson(double perSecond) => new PoissonProcess(CheckRate(perSecond));

    /// <summary>
    /// A Poisson process whose rate changes between two values, each for an exponential time (a Markov-modulated Poisson process). It
    /// begins on.
    /// </summary>
    /// <param name="onPerSecond">Rate while on, above 0.</param>
    /// <param name="offPerSecond">Rate while off, 0 or more.</param>
    /// <param name="meanOnNs">Mean time on [ns].</param>
    /// <param name="meanOffNs">Mean time off [ns].</param>
    public static ArrivalProcess Bursts(double onPerSecond, double offPerSecond, double meanOnNs, double meanOffNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offPerSecond);
        return new BurstProcess(CheckRate(onPerSecond), offPerSecond, CheckRate(meanOnNs), CheckRate(meanOffNs));
    }

    /// <summary>A Poisson process whose rate goes in a straight line from one value to another, and stays there.</summary>
    /// <param name="fromPerSecond">Rate at time 0.</param>
    /// <param name="toPerSecond">Rate from <paramref name="overNs"/> on.</param>
    /// <param name="overNs">Length of the ramp [ns], above 0.</param>
    public static ArrivalProcess Ramp(double fromPerSecond, double toPerSecond, long overNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(toPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(overNs, 1);
        CheckRate(fromPerSecond + toPerSecond);
        return new RampProcess(fromPerSecond, toPerSecond, overNs);
    }

    /// <summary>At recorded times.</summary>
    /// <param name="times">Times [ns], ascending, not negative.</param>
    /// <param name="repeat">Whether they come again, shifted by the last of them, when they end.</param>
    /// <exception cref="ArgumentException">The times do not ascend.</exception>
    public static ArrivalProcess Recorded(IEnumerable<long> times, bool repeat) => new RecordedProcess([.. times], repeat);

    private static double CheckRate(double rate) => rate > 0 && double.IsFinite(rate)
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate or mean time is above 0.");

    private static double Gap(double perSecond, RandomStream stream) => Nanoseconds.PerSecond / perSecond * stream.NextExponential();

    private static long After(double time) => time < long.MaxValue ? double.ConvertToIntegerNative<long>(time + 0.5) : long.MaxValue;

    private sealed class ConstantProcess(double perSecond) : ArrivalProcess
    {
        private long _count;

        // Counted from the start, so that rounding does not add up.
        public override long Next(long now, RandomStream stream) => After(++_count * (Nanoseconds.PerSecond / perSecond));
    }

    // Real time is kept besides the clock's whole nanoseconds, or a rate near 1 per nanosecond would be off.
    private sealed class PoissonProcess(double perSecond) : ArrivalProcess
    {
        private double _time;

        public override long Next(long now, RandomStream stream) => After(_time += Gap(perSecond, stream));
    }

    private sealed class BurstProcess(double onPerSecond, double offPerSecond, double meanOnNs, double meanOffNs) : ArrivalProcess
    {
        private double _time;
        private double _changeAt = -1;
        private bool _isOn = true;

        public override long Next(long now, RandomStream stream)
        {
            if (_changeAt < 0)
                _changeAt = meanOnNs * stream.NextExponential();
            while (true)
            {
                double rate = _isOn ? onPerSecond : offPerSecond;
                double next = rate > 0 ? _time + Gap(rate, stream) : double.PositiveInfinity;
                if (next <= _changeAt)
                    return After(_time = next);
                // The process has no memory: what would have come after the change is drawn again.
                _time = _changeAt;
                _isOn = !_isOn;
                _changeAt += (_isOn ? meanOnNs : meanOffNs) * stream.NextExponential();
            }
        }
    }

    // Thinning (Lewis and Shedler, Naval Research Logistics 26(3), 1979).
    private sealed class RampProcess(double fromPerSecond, double toPerSecond, long overNs) : ArrivalProcess
    {
        private double _time;

        public override long Next(long now, RandomStream stream)
        {
            while (true)
            {
                // The least bound of the rates to come: the higher end of the ramp, and its final rate when it is over.
                double most = _time < overNs ? Math.Max(fromPerSecond, toPerSecond) : toPerSecond;
                if (most == 0)
                    return long.MaxValue;
                _time += Gap(most, stream);
                if (stream.NextDouble() * most < RateAt(_time))
                    return After(_time);
            }
        }

        private double RateAt(double time) =>
            time >= overNs ? toPerSecond : fromPerSecond + ((toPerSecond - fromPerSecond) * time / overNs);
    }

    private sealed class RecordedProcess : ArrivalProcess
    {
        private readonly long[] _times;
        private readonly bool _repeat;
        private long _shift;
        private int _next;

        public RecordedProcess(long[] times, bool repeat)
        {
            for (int item = 0; item < times.Length; item++)
                if (times[item] < (item == 0 ? 0 : times[item - 1]))
                    throw new ArgumentException($"Recorded times ascend; number {item} does not.", nameof(times));
            _times = times;
            _repeat = repeat && times.Length > 0 && times[^1] > 0;
        }

        public override long Next(long now, RandomStream stream)
        {
            if (_next == _times.Length && _repeat)
            {
                _shift += _times[^1];
                _next = 0;
            }
            return _next < _times.Length ? _shift + _times[_next++] : long.MaxValue;
        }
    }
}
