using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KubeNetSim.Engine;

/// <summary>The processor's cache.</summary>
public static class Cache
{
    /// <summary>
    /// Begins to fetch what is at a place in memory, so that it is near when it is needed a little later. Says nothing of what is there, and
    /// does nothing on processors that have no such instruction.
    /// </summary>
    public static unsafe void Fetch<T>(ref readonly T place)
    {
        // The address may be stale by the time it is used, if the collector moves things: then the fetch was in vain, and harmless.
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }
}
