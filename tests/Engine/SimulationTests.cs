using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

internal sealed class SimulationTests
{
    [Test]
    public void The_clock_stands_at_the_time_of_the_event()
    {
        Recorder recorder = new();
        recorder.Simulation.Schedule(30, 3);
        recorder.Simulation.Schedule(10, 1);
        recorder.Simulation.Schedule(10, 2);

        recorder.Simulation.Run(recorder, long.MaxValue);

        Assert.That(recorder.Seen, Is.EqualTo([(10L, 1), (10L, 2), (30L, 3)]));
        Assert.That(recorder.Simulation.Now, Is.EqualTo(30));
        Assert.That(recorder.Simulation.EventsRun, Is.EqualTo(3));
    }

    [Test]
    public void A_run_ends_with_the_events_of_its_last_time_and_can_go_on()
    {
        Recorder recorder = new();
        foreach (int time in (int[])[10, 20, 21])
            recorder.Simulation.Schedule(time, time);

        recorder.Simulation.Run(recorder, until: 20);
        Assert.That(recorder.Seen, Is.EqualTo([(10L, 10), (20L, 20)]));

        recorder.Simulation.Run(recorder, until: 50);
        Assert.That(recorder.Seen[^1], Is.EqualTo((21L, 21)));
        Assert.That(recorder.Simulation.Now, Is.EqualTo(50));
    }

    [Test]
    public void An_event_scheduled_for_now_runs_after_those_that_wait_for_now()
    {
        Recorder recorder = new();
        recorder.OnEvent = item =>
        {
            if (item == 1)
                recorder.Simulation.Schedule(recorder.Simulation.Now, 3);
        };
        recorder.Simulation.Schedule(5, 1);
        recorder.Simulation.Schedule(5, 2);

        recorder.Simulation.Run(recorder, long.MaxValue);

        Assert.That(recorder.Seen, Is.EqualTo([(5L, 1), (5L, 2), (5L, 3)]));
    }

    [Test]
    public void A_cancelled_event_does_not_run()
    {
        Recorder recorder = new();
        EventHandle timeout = recorder.Simulation.Schedule(20, 2);
        recorder.OnEvent = _ => recorder.Simulation.Cancel(timeout);
        recorder.Simulation.Schedule(10, 1);

        recorder.Simulation.Run(recorder, long.MaxValue);

        Assert.That(recorder.Seen, Is.EqualTo([(10L, 1)]));
        Assert.That(recorder.Simulation.Now, Is.EqualTo(10));
    }

    [Test]
    public void Nothing_can_be_scheduled_in_the_past()
    {
        Recorder recorder = new();
        recorder.Simulation.Run(recorder, until: 100);

        Assert.That(() => recorder.Simulation.Schedule(99, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => recorder.Simulation.Schedule(100, 1), Throws.Nothing);
    }

    [Test]
    public void A_run_without_end_stops_when_it_is_cancelled()
    {
        using CancellationTokenSource source = new();
        Recorder recorder = new();
        recorder.OnEvent = item =>
        {
            recorder.Simulation.Schedule(recorder.Simulation.Now + 1, item + 1);
            if (item == 10_000)
                source.Cancel();
        };
        recorder.Simulation.Schedule(0, 0);

        Assert.That(() => recorder.Simulation.Run(recorder, long.MaxValue, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(recorder.Simulation.EventsRun, Is.LessThan(20_000));
    }

    private sealed class Recorder : IEventHandler<int>
    {
        public Simulation<int> Simulation { get; } = new();

        public List<(long Time, int Item)> Seen { get; } = [];

        public Action<int>? OnEvent { get; set; }

        public void Handle(ref int item)
        {
            Seen.Add((Simulation.Now, item));
            OnEvent?.Invoke(item);
        }
    }
}
