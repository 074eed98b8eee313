using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Testing;

/// <summary>One thing that a case expects, and what there was.</summary>
/// <param name="Field">Its name in <c>expect</c>.</param>
/// <param name="Expected">Values that it should have, in any order.</param>
/// <param name="Actual">Values that it has.</param>
/// <param name="Remarks">What is worth knowing of an actual value, by value.</param>
public sealed record Expectation(
    string Field, ImmutableArray<string> Expected, ImmutableArray<string> Actual, ImmutableDictionary<string, string> Remarks)
{
    /// <summary>Whether it is as expected.</summary>
    public bool Holds => Missing.IsEmpty && Unexpected.IsEmpty;

    /// <summary>What should be there and is not.</summary>
    public ImmutableArray<string> Missing => [.. Expected.Except(Actual)];

    /// <summary>What is there and should not be.</summary>
    public ImmutableArray<string> Unexpected => [.. Actual.Except(Expected)];

    /// <summary>A list of values.</summary>
    public static Expectation Of(string field, IEnumerable<string> expected, IEnumerable<string> actual) =>
        new(field, Sorted(expected), Sorted(actual), ImmutableDictionary<string, string>.Empty);

    /// <summary>A single value.</summary>
    public static Expectation Of(string field, string expected, string actual, string remark = "") => Of(field, [expected], [actual]) with
    {
        Remarks = remark.Length > 0 ? ImmutableDictionary<string, string>.Empty.Add(actual, remark) : ImmutableDictionary<string, string>.Empty,
    };

    private static ImmutableArray<string> Sorted(IEnumerable<string> values) => [.. values.Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>What came out of a case.</summary>
/// <param name="Expectations">What it expected, one by one; empty where it could not be evaluated.</param>
/// <param name="Obstacle">Why it could not be evaluated; null where it could.</param>
internal sealed record Judgement(ImmutableArray<Expectation> Expectations, string? Obstacle = null)
{
    /// <summary>A case that could not be evaluated.</summary>
    public static Judgement Impossible(string why) => new([], why);
}
