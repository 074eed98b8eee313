namespace KubeNetSim.Tests.Engine;

/// <summary>
/// A station by events, obvious: customers wait in a queue, a free server takes the first, and a departure frees its server. A customer's
/// times are known when they happen and not before.
/// </summary>
internal sealed class SlowStation(int servers, int? queueBound)
{
    private readonly Queue<Customer> _waiting = [];
    private readonly List<Customer> _served = [];

    private int NumberInSystem => _waiting.Count + _served.Count;

    /// <summary>Null where the queue is full.</summary>
    public Customer? Enter(long now, long service)
    {
        AdvanceTo(now);
        if (queueBound is { } bound && NumberInSystem >= servers + bound)
            return null;
        Customer customer = new(now, service);
        _waiting.Enqueue(customer);
        StartNext(now);
        return customer;
    }

    public void AdvanceTo(long now)
    {
        while (_served.MinBy(customer => customer.Departure) is { } first && first.Departure <= now)
        {
            _served.Remove(first);
            StartNext(first.Departure);
        }
    }

    private void StartNext(long now)
    {
        if (_served.Count == servers || !_waiting.TryDequeue(out Customer? next))
            return;
        next.Start = now;
        _served.Add(next);
    }

    public sealed class Customer(long arrival, long service)
    {
        public long Arrival => arrival;

        public long Start { get; set; } = -1;

        public long Departure => Start + service;
    }
}
