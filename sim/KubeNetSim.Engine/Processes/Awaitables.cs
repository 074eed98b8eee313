using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Processes;

/// <summary>Simulated time that a process waits; made by <see cref="Simulation{TEvent}.Delay"/>, awaited once.</summary>
public readonly struct SimulatedDelay : ICriticalNotifyCompletion
{
    private readonly ProcessQueue _processes;
    private readonly long _until;

    internal SimulatedDelay(ProcessQueue processes, long until) => (_processes, _until) = (processes, until);

    /// <summary>Never: even a delay of nothing lets go first what was scheduled before it.</summary>
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

    /// <summary>Never: a signal remembers nothing.</summary>
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
