using System.Collections.Immutable;

namespace KubeNetSim.Model.Costs;

/// <summary>What each back end charges, by key. Two tables with the same content are equal.</summary>
public sealed class CostTable(IEnumerable<KeyValuePair<string, BackendCosts>> costs) : IEquatable<CostTable>
{
    private readonly ImmutableSortedDictionary<string, BackendCosts> _costs = costs.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The keys, sorted.</summary>
    public IEnumerable<string> Keys => _costs.Keys;

    /// <summary>The costs of a key; null where it has none.</summary>
    public BackendCosts? Find(string key) => _costs.GetValueOrDefault(key);

    /// <summary>The table with other costs of a key, or with a new key.</summary>
    public CostTable With(string key, BackendCosts costs) => new(_costs.SetItem(key, costs));

    /// <inheritdoc/>
    public bool Equals(CostTable? other) => other is not null && _costs.SequenceEqual(other._costs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CostTable);

    /// <inheritdoc/>
    public override int GetHashCode() => _costs.Count;
}
