namespace KubeNetSim.Bench;

/// <summary>
/// The reference model as a loop that knows nothing else: the limit that the simulator is measured against. Poisson arrivals drawn as they come
/// due, a random client node, Service and pod; a node's core evaluates the rules, the way to the pod takes a time by distance, the pod is one
/// server with exponential service. Two events a request, keys and payloads of the heap apart. It measures the mean latency, and no more.
/// </summary>
internal sealed class BareLoop
{
    private const int Nodes = 100;
    private const int Services = 1_000;
    private const int PodsOfService = 10;
    private const int Zones = 3;
    private const double RatePerNs = 1.4e-3;
    private const double ServiceNs = 5e6;
    private const long RulesNs = 5_000;
    private const long NearNs = 250_000;
    private const long FarNs = 1_000_000;

    private readonly RandomStream _stream = RandomStream.Create(42, 0, "bare", "loop");
    private readonly long[] _nodeFreeAt = new long[Nodes];
    private readonly long[] _podFreeAt = new long[Services * PodsOfService];
    private readonly int[] _nodeOfPod = new int[Services * PodsOfService];
    private readonly Heap _heap = new();

    public BareLoop()
    {
        for (int pod = 0; pod < _nodeOfPod.Length; pod++)
            _nodeOfPod[pod] = pod % Nodes;
    }

    /// <summary>Runs so many requests to their end.</summary>
    /// <returns>Their mean latency [ns].</returns>
    public double Run(long requests)
    {
        double sum = 0;
        long started = 0;
        long now = 0;
        _heap.Push(now, new Request(-1, 0));
        while (_heap.TryPop(out now, out Request request))
        {
            if (request.Pod >= 0)
            {
                ref long freeAt = ref _podFreeAt[request.Pod];
                freeAt = Math.Max(now, freeAt) + (long)(ServiceNs * _stream.NextExponential());
                sum += freeAt - request.StartedAt;
                continue;
            }
            if (++started < requests)
                _heap.Push(now + (long)(_stream.NextExponential() / RatePerNs), new Request(-1, 0));
            int node = _stream.NextInt(Nodes);
            int pod = (_stream.NextInt(Services) * PodsOfService) + _stream.NextInt(PodsOfService);
            ref long core = ref _nodeFreeAt[node];
            core = Math.Max(now, core) + RulesNs;
            long way = node % Zones == _nodeOfPod[pod] % Zones ? NearNs : FarNs;
            _heap.Push(core + way, new Request(pod, now));
        }
        return sum / requests;
    }

    // A pod of -1 is the next arrival.
    private readonly record struct Request(int Pod, long StartedAt);

    private sealed class Heap
    {
        private const int Children = 4;

        private long[] _times = new long[4_096];
        private Request[] _requests = new Request[4_096];
        private int _count;

        public void Push(long time, in Request request)
        {
            if (_count == _times.Length)
            {
                Array.Resize(ref _times, 2 * _count);
                Array.Resize(ref _requests, 2 * _count);
            }
            int place = _count++;
            while (place > 0 && _times[(place - 1) / Children] is var above && above > time)
            {
                _times[place] = above;
                _requests[place] = _requests[(place - 1) / Children];
                place = (place - 1) / Children;
            }
            _times[place] = time;
            _requests[place] = request;
        }

        public bool TryPop(out long time, out Request request)
        {
            time = _times[0];
            request = _requests[0];
            if (_count == 0)
                return false;
            long last = _times[--_count];
            int place = 0;
            while ((place * Children) + 1 is var first && first < _count)
            {
                int least = first;
                for (int child = first + 1; child < Math.Min(first + Children, _count); child++)
                    least = _times[child] < _times[least] ? child : least;
                if (_times[least] >= last)
                    break;
                _times[place] = _times[least];
                _requests[place] = _requests[least];
                place = least;
            }
            _times[place] = last;
            _requests[place] = _requests[_count];
            return true;
        }
    }
}
