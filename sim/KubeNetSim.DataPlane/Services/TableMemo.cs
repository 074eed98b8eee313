using System.Collections.Concurrent;

namespace KubeNetSim.DataPlane.Services;

/// <summary>
/// Keeps what proxy modes compile from a table, so that all nodes share it: one object a type, made when the first node asks. Safe for
/// several threads.
/// </summary>
internal sealed class TableMemo
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _made = new();

    /// <summary>The object of a type.</summary>
    public T Get<T>(Func<T> make)
        where T : class => (T)_made.GetOrAdd(typeof(T), _ => new Lazy<object>(make)).Value;
}
