using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Keep-alive connections whose return is told ahead are taken as those are whose return is an event.</summary>
internal sealed class ConnectionPoolTests
{
    [Test]
    public void What_is_told_ahead_is_as_what_happens_in_its_time([Range(1, 40)] int seed)
    {
        Random random = new(seed);
        string reuse = $"keepAlive, perClient: {random.Next(1, 4)}, maxRequests: {random.Next(2) * random.Next(2, 8)}, idleTimeout: {random.Next(0, 3) * 200}ns";
        ConnectionPool ahead = Pool(reuse);
        ConnectionPool inTime = Pool(reuse);
        PriorityQueue<int, (long, int)> returns = new();
        Assert.That(ahead.ReturnsWithoutEvent, Is.True);
        int reused = 0;
        for (int request = 0; request < 3_000; request++)
        {
            // No two things happen at the same time.
            long now = 10L * request;
            while (returns.TryPeek(out int back, out (long At, int) due) && due.At < now)
            {
                returns.Dequeue();
                inTime.Return(back, due.At, usable: true);
            }
            (int source, int destination) = (random.Next(3), random.Next(4));
            int one = Take(ahead, source, destination, now);
            int other = Take(inTime, source, destination, now);
            // They may have other numbers; they are the same connection if they have served the same requests.
            Assert.That(ahead[one].Requests, Is.EqualTo(inTime[other].Requests), $"request {request}");
            Assert.That(ahead[one].IdleSince, Is.EqualTo(inTime[other].IdleSince), $"request {request}");
            reused += ahead[one].Requests > 0 ? 1 : 0;
            long at = now + 1 + (10 * random.Next(0, 8));
            ahead.ReturnAt(one, at);
            returns.Enqueue(other, (at, request));
        }

        Assert.That(reused, Is.GreaterThan(100));
    }

    private static int Take(ConnectionPool pool, int source, int destination, long now)
    {
        int connection = pool.TryTake(source, destination, now);
        if (connection >= 0)
            return connection;
        connection = pool.TryBegin(source, destination);
        pool[connection].Open(new Flight { Lease = Topology.None }, now);
        pool.Opened(connection);
        return connection;
    }

    private static ConnectionPool Pool(string reuse)
    {
        PreparedScenario prepared = GivenScenario.Prepare(GivenScenario.Web(2), GivenScenario.Service("web"), $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: pool}
            spec:
              workloads: [{name: all, from: nodes, to: http://web.shop/, arrivals: {poisson: {rate: 1/s} }, connections: {reuse: {{reuse}} } }]
            """);
        return new RunState(prepared, 0).Workloads[0].Pool!;
    }
}
