using BenchmarkDotNet.Attributes;
using HdrHistogram;

namespace KubeNetSim.Bench;

/// <summary>Counting a latency.</summary>
public class HistogramBenchmarks
{
    private readonly long[] _latencies = new long[4_096];
    private readonly LongHistogram _histogram = new(3_600_000_000_000, 3);
    private int _next;

    [GlobalSetup]
    public void Draw()
    {
        RandomStream stream = RandomStream.Create(1, 0, "bench", "latencies");
        for (int latency = 0; latency < _latencies.Length; latency++)
            _latencies[latency] = (long)(5e6 * stream.NextExponential());
    }

    [Benchmark]
    public void Record() => _histogram.RecordValue(_latencies[_next++ % _latencies.Length]);
}
