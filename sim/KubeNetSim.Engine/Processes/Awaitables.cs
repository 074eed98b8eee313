using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Processes;

/// <summary>A delay of a process in simulated time; made by <see cref="Simulation{TEvent}.Delay"/>, awaited once.</summary>
public readonly struct SimulatedDelay : ICriticalNotifyCompletion
{
    private readonly ProcessQueue _processes;
    private readonly long _until;

    internal SimulatedDelay(ProcessQueue processes, long until) => (_processes, _until) = (processes, until);

    /// <summary>Always false: even after a delay of 0, what was scheduled before runs first.</summary>
    public bool IsCompleted => false;

    /// <summary>What the compiler awaits.</summary>
    public SimulatedDelay GetAwaiter() => this;

    /// <summary>Called by the compiler's code.</summary>
    public void OnCompleted(Action continuation) => _processes.Schedule(_until, continuation);

    /// <summary>Called by the compiler's code.</summary>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    /// <summary>Called by the compiler's code.</summary>
    public void GetResult()
    {
    }
}

/// <summary>The next time that a signal is fired; made by <see cref="Simulation{TEvent}.Until"/>, awaited once.</summary>
public readonly struct SignalWait : ICriticalNotifyCompletion
{
    private readonly Signal _signal;

    internal SignalWait(Signal signal) => _signal = signal;

    /// <summary>Always false: a signal has no memory.</summary>
    public bool IsCompleted => false;

    /// <summary>What the compiler awaits.</summary>
    public SignalWait GetAwaiter() => this;

    /// <summary>Called by the compiler's code.</summary>
    public void OnCompleted(Action continuation) => _signal.Add(continuation);

    /// <summary>Called by the compiler's code.</summary>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    /// <summary>Called by the compiler's code.</summary>
    public void GetResult()
    {
    }
}
