using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

internal sealed class ProcessTests
{
    private readonly record struct Named(string Name);

    [Test]
    public void Processes_and_events_of_the_same_time_go_in_the_order_they_were_scheduled()
    {
        Model model = new();
        model.Simulation.Schedule(0, new Named("event 1"));
        model.Simulation.Spawn(() => model.Say("process 2"));
        model.Simulation.Schedule(0, new Named("event 3"));
        model.Simulation.Spawn(() => model.Say("process 4"));

        model.Run();

        Assert.That(model.Said, Is.EqualTo(["0 event 1", "0 process 2", "0 event 3", "0 process 4"]));
    }

    // Every event is scheduled before any process runs, and at time 0 every process begins before any goes on.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Any_mix_of_events_and_delays_goes_by_time_and_then_by_order(int replication)
    {
        RandomStream stream = RandomStream.Create(1, replication, "mix", "times");
        Model model = new();
        List<(long Time, bool IsProcess, int Number)> scheduled = [];
        for (int number = 0; number < 500; number++)
        {
            (long time, bool isProcess) = (stream.NextInt(40), stream.NextInt(2) == 0);
            scheduled.Add((time, isProcess, number));
            string name = $"{number}";
            if (isProcess)
                model.Simulation.Spawn(() => model.SayAfter(time, name));
            else
                model.Simulation.Schedule(time, new Named(name));
        }

        model.Run();

        Assert.That(model.Said, Is.EqualTo(scheduled.Order().Select(item => $"{item.Time} {item.Number}")));
    }

    [Test]
    public void A_delay_of_nothing_lets_go_first_what_was_scheduled_before()
    {
        Model model = new();
        model.Simulation.Spawn(() => model.SayAfter(0, "delayed"));
        model.Simulation.Schedule(0, new Named("event"));

        model.Run();

        Assert.That(model.Said, Is.EqualTo(["0 event", "0 delayed"]));
    }

    [Test]
    public void A_signal_lets_go_who_waits_in_the_order_they_began_to_wait()
    {
        Model model = new();
        Signal signal = new();
        foreach (string name in (string[])["a", "b", "c"])
            model.Simulation.Spawn(() => WaitTwice(model, signal, name));
        model.Simulation.Spawn(async () =>
        {
            await model.Simulation.Delay(10);
            model.Simulation.Fire(signal);
            await model.Say("fired");
            await model.Simulation.Delay(10);
            model.Simulation.Fire(signal);
        });

        model.Run();

        Assert.That(model.Said, Is.EqualTo(["10 fired", "10 a", "10 b", "10 c", "20 a", "20 b", "20 c"]));
        Assert.That(signal.Waiting, Is.Zero);
    }

    [Test]
    public void A_signal_remembers_nothing()
    {
        Model model = new();
        Signal signal = new();
        model.Simulation.Fire(signal);
        model.Simulation.Spawn(() => WaitTwice(model, signal, "late"));

        model.Run();

        Assert.That(model.Said, Is.Empty);
        Assert.That(signal.Waiting, Is.EqualTo(1));
    }

    [Test]
    public void A_process_can_await_others()
    {
        Model model = new();
        model.Simulation.Spawn(async () =>
        {
            await Task.WhenAll(model.SayAfter(30, "slow"), model.SayAfter(10, "fast"));
            await model.SayAfter(5, "both");
        });

        model.Run();

        Assert.That(model.Said, Is.EqualTo(["10 fast", "30 slow", "35 both"]));
    }

    [Test]
    public void An_exception_in_a_process_ends_the_run_with_it()
    {
        Model model = new();
        InvalidOperationException thrown = new("broken");
        model.Simulation.Spawn(async () =>
        {
            await model.Simulation.Delay(10);
            throw thrown;
        });
        model.Simulation.Schedule(10, new Named("before"));
        model.Simulation.Schedule(11, new Named("after"));

        Assert.That(model.Run, Throws.Exception.SameAs(thrown));
        Assert.That(model.Said, Is.EqualTo(["10 before"]));
    }

    [Test]
    public void An_exception_before_the_first_await_ends_the_run_with_it()
    {
        Model model = new();
        model.Simulation.Spawn(() => throw new InvalidOperationException("broken"));

        Assert.That(model.Run, Throws.InvalidOperationException.With.Message.EqualTo("broken"));
    }

    [Test]
    public void A_process_that_is_cancelled_ends_the_run()
    {
        Model model = new();
        model.Simulation.Spawn(() => Task.FromCanceled(new CancellationToken(canceled: true)));

        Assert.That(model.Run, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_run_that_is_ended_early_runs_no_further_step_of_a_process()
    {
        Simulation<int> simulation = new();
        using CancellationTokenSource interrupt = new();
        int steps = 0;
        simulation.Spawn(async () =>
        {
            while (true)
            {
                await simulation.Delay(1);
                if (++steps == 3)
                    interrupt.Cancel();
            }
        });

        Assert.That(() => simulation.Run(until: 1_000, interrupt.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(steps, Is.EqualTo(3));
    }

    [Test]
    public void Processes_stay_on_the_thread_of_the_run_whatever_context_it_has()
    {
        Model model = new();
        RefusingContext context = new();
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            model.Simulation.Spawn(async () => await model.SayAfter(10, "inner"));
            model.Run();
            Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }

        Assert.That(model.Said, Is.EqualTo(["10 inner"]));
    }

    [Test]
    public void A_run_stops_processes_at_its_last_time_and_they_can_go_on()
    {
        Simulation<Named> simulation = new();
        int rounds = 0;
        simulation.Spawn(async () =>
        {
            for (; rounds < 10; rounds++)
                await simulation.Delay(10);
        });

        simulation.Run(until: 45);
        Assert.That((rounds, simulation.Now), Is.EqualTo((4, 45L)));

        simulation.Run(long.MaxValue);
        Assert.That((rounds, simulation.Now), Is.EqualTo((10, 100L)));
    }

    [Test]
    public void A_process_that_goes_on_allocates_nothing()
    {
        Simulation<Named> simulation = new();
        simulation.Spawn(async () =>
        {
            while (true)
                await simulation.Delay(1);
        });
        simulation.Run(until: 100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.Run(until: 50_000);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void An_event_without_a_handler_is_an_error()
    {
        Simulation<Named> simulation = new();
        simulation.Schedule(1, new Named("lost"));

        Assert.That(() => simulation.Run(until: 10), Throws.InvalidOperationException);
    }

    [Test]
    public void Time_does_not_go_back()
    {
        Simulation<Named> simulation = new();

        Assert.That(() => simulation.Delay(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static async Task WaitTwice(Model model, Signal signal, string name)
    {
        for (int time = 0; time < 2; time++)
        {
            await model.Simulation.Until(signal);
            await model.Say(name);
        }
    }

    private sealed class Model : IEventHandler<Named>
    {
        public Simulation<Named> Simulation { get; } = new();

        public List<string> Said { get; } = [];

        public void Run() => Simulation.Run(this, long.MaxValue);

        public void Handle(ref Named item) => Said.Add($"{Simulation.Now} {item.Name}");

        public Task Say(string what)
        {
            Said.Add($"{Simulation.Now} {what}");
            return Task.CompletedTask;
        }

        public async Task SayAfter(long duration, string what)
        {
            await Simulation.Delay(duration);
            await Say(what);
        }
    }

    private sealed class RefusingContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("A process left its thread.");
    }
}
