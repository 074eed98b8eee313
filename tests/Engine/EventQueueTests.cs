using CsCheck;
using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

internal sealed class EventQueueTests
{
    private enum Step
    {
        Schedule,
        Cancel,
        Dequeue,
    }

    // A step, and a number that is a time for one kind and chooses an event for the other.
    private static readonly Gen<(Step Step, int Number)[]> Schedules = Gen.Select(
        Gen.Frequency((5, Gen.Const(Step.Schedule)), (2, Gen.Const(Step.Cancel)), (3, Gen.Const(Step.Dequeue))),
        Gen.Int[0, 40]).Array[0, 400];

    private static readonly Gen<(Step Step, int Number)[]> MostlyCancelled = Gen.Select(
        Gen.Frequency((10, Gen.Const(Step.Schedule)), (9, Gen.Const(Step.Cancel)), (1, Gen.Const(Step.Dequeue))),
        Gen.Int[0, 1_000_000]).Array[200, 1_500];

    [Test]
    public void It_does_what_its_slow_twin_does_for_any_schedule() => EqualsTwin(Schedules, times: 300);

    [Test]
    public void It_does_what_its_slow_twin_does_where_most_events_are_cancelled() => EqualsTwin(MostlyCancelled, times: 60);

    [Test]
    public void Events_of_the_same_time_come_in_the_order_they_were_scheduled()
    {
        EventQueue<int> queue = new();
        for (int item = 0; item < 1_000; item++)
            queue.Schedule(item % 3, item);

        int[] expected = [.. Enumerable.Range(0, 1_000).OrderBy(item => item % 3)];
        Assert.That(Drain(queue), Is.EqualTo(expected));
    }

    [Test]
    public void A_reused_slot_cannot_be_cancelled_by_an_old_handle()
    {
        EventQueue<int> queue = new();
        EventHandle old = queue.Schedule(1, 1);
        queue.TryDequeue(out _, out _);
        EventHandle reused = queue.Schedule(2, 2);

        Assert.That(reused.Slot, Is.EqualTo(old.Slot));
        Assert.That(queue.Cancel(old), Is.False);
        Assert.That(Drain(queue), Is.EqualTo([2]));
    }

    [Test]
    public void An_event_is_cancelled_once()
    {
        EventQueue<int> queue = new();
        EventHandle handle = queue.Schedule(1, 1);

        Assert.That(queue.Cancel(handle), Is.True);
        Assert.That(queue.Cancel(handle), Is.False);
        Assert.That(queue.Count, Is.Zero);
        Assert.That(queue.TryPeekTime(out _), Is.False);
    }

    [Test]
    public void A_handle_that_nobody_gave_out_names_nothing()
    {
        EventQueue<int> queue = new();
        queue.Schedule(1, 1);

        Assert.That(queue.Cancel(default), Is.False);
        Assert.That(queue.Cancel(new EventHandle(1_000, 1)), Is.False);
        Assert.That(queue.Count, Is.EqualTo(1));
    }

    [Test]
    public void A_queue_of_its_size_allocates_nothing()
    {
        EventQueue<long> queue = new();
        ScheduleAndRun(queue, 1_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        ScheduleAndRun(queue, 100_000);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Timeouts_that_are_cancelled_do_not_pile_up()
    {
        EventQueue<long> queue = new();
        CancelTimeouts(queue, 1_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        CancelTimeouts(queue, 100_000);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(queue.Count, Is.Zero);
    }

    [Test]
    public void An_event_that_goes_on_as_another_stays_where_it_is_and_the_order_is_the_same()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            Random random = new(seed);
            bool cancels = seed % 2 == 0;
            EventQueue<int> queue = new();
            SlowEventQueue twin = new();
            List<(EventHandle Handle, int Payload)> scheduled = [];
            int made = 0;
            for (; made < 20; made++)
            {
                queue.Schedule(made % 7, made);
                twin.Schedule(made % 7, made);
            }
            while (queue.TryPeekTime(out long now) && made < 2_000)
            {
                ref int handled = ref queue.Begin();
                Assert.That((now, handled), Is.EqualTo(twin.Dequeue()));
                // What was cancelled may be foreseen too.
                if (random.Next(2) > 0 && queue.TryPredictNext(out int next) && !cancels)
                    Assert.That(queue[next], Is.EqualTo(twin.Next?.Payload));
                if (cancels && random.Next(4) == 0 && scheduled.Count > 0)
                    Cancel(scheduled[random.Next(scheduled.Count)]);
                // Others are scheduled before and after it, which may move all of them.
                for (int others = random.Next(3); others > 0; others--)
                    Schedule(now + random.Next(9), made++);
                if (random.Next(3) > 0)
                {
                    handled = made++;
                    long at = now + random.Next(9);
                    twin.Schedule(at, handled);
                    queue.Schedule(at, in handled);
                }
                if (random.Next(2) > 0)
                    Schedule(now + random.Next(9), made++);
                queue.End();
                Assert.That(queue.Count, Is.EqualTo(twin.Count));
            }
            while (twin.Count > 0)
                Assert.That(Next(queue), Is.EqualTo(twin.Dequeue()));

            void Schedule(long at, int payload)
            {
                twin.Schedule(at, payload);
                if (payload % 2 == 0)
                    queue.Schedule(at) = payload;
                else
                    scheduled.Add((queue.Schedule(at, payload), payload));
            }

            void Cancel((EventHandle Handle, int Payload) item) =>
                Assert.That(queue.Cancel(item.Handle), Is.EqualTo(twin.Cancel(item.Payload)));
        }
    }

    // CsCheck seeds only the first sample, so each sample is a first one: the same schedules in every run.
    private static void EqualsTwin(Gen<(Step Step, int Number)[]> schedules, int times)
    {
        for (uint stream = 1; stream <= times; stream++)
            schedules.Sample(EqualsTwin, seed: new PCG(stream, stream).ToString(), iter: 1, threads: 1);
    }

    private static void EqualsTwin((Step Step, int Number)[] steps)
    {
        EventQueue<int> queue = new();
        SlowEventQueue twin = new();
        List<EventHandle> handles = [];
        foreach ((Step step, int number) in steps)
        {
            if (step == Step.Schedule)
            {
                twin.Schedule(number, handles.Count);
                handles.Add(queue.Schedule(number, handles.Count));
            }
            else if (step == Step.Cancel && handles.Count > 0)
            {
                int chosen = number % handles.Count;
                Assert.That(queue.Cancel(handles[chosen]), Is.EqualTo(twin.Cancel(chosen)));
            }
            else if (step == Step.Dequeue)
            {
                Assert.That(Next(queue), Is.EqualTo(twin.Dequeue()));
            }
            Assert.That(queue.Count, Is.EqualTo(twin.Count));
        }
        while (twin.Count > 0)
            Assert.That(Next(queue), Is.EqualTo(twin.Dequeue()));
        Assert.That(Next(queue), Is.Null);
    }

    private static (long Time, int Payload)? Next(EventQueue<int> queue)
    {
        bool expected = queue.TryPeekTime(out long peeked);
        bool found = queue.TryDequeue(out long time, out int payload);
        Assert.That((found, time), Is.EqualTo((expected, peeked)));
        return found ? (time, payload) : null;
    }

    private static int[] Drain(EventQueue<int> queue)
    {
        List<int> payloads = [];
        while (queue.TryDequeue(out _, out int payload))
            payloads.Add(payload);
        return [.. payloads];
    }

    private static void ScheduleAndRun(EventQueue<long> queue, int events)
    {
        for (int item = 0; item < events; item++)
        {
            queue.Schedule(item * 7 % 1_000, item);
            if (queue.Count > 100)
                queue.TryDequeue(out _, out _);
        }
    }

    private static void CancelTimeouts(EventQueue<long> queue, int events)
    {
        for (int item = 0; item < events; item++)
            queue.Cancel(queue.Schedule(item + Nanoseconds.PerSecond, item));
    }
}
