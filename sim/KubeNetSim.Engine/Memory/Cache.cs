using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KubeNetSim.Engine.Memory;

/// <summary>The processor's cache.</summary>
public static class Cache
{
    /// <summary>Bytes that processors fetch at a time, on all that .NET runs on but Apple's, which fetch twice as many.</summary>
    private const int LineBytes = 64;

    /// <summary>
    /// Begins to fetch what is at a place in memory, so that it is near when it is needed a little later. Says nothing of what is there,
    /// and does nothing on processors that have no such instruction.
    /// </summary>
    public static unsafe void Fetch<T>(ref readonly T place)
    {
        // The address may be stale by the time it is used, if the collector moves things: then the fetch was in vain, and harmless.
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }

    /// <summary>The same for every line that a value at this place may lie on.</summary>
    /// <typeparam name="T">A value of some length.</typeparam>
    public static unsafe void FetchAll<T>(ref readonly T place)
        where T : struct
    {
        if (!Sse.IsSupported)
            return;
        byte* first = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in place));
        for (int offset = 0; offset < Unsafe.SizeOf<T>(); offset += LineBytes)
            Sse.Prefetch0(first + offset);
        Sse.Prefetch0(first + Unsafe.SizeOf<T>() - 1);
    }
}
