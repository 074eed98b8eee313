using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Testing;

/// <summary>How a case of a NetworkTest came out.</summary>
/// <param name="File">File of the document.</param>
/// <param name="Name">Name of the document and of the case.</param>
/// <param name="Position">Position of the case in its file.</param>
/// <param name="Expectations">What it expected, one by one; empty where it could not be evaluated.</param>
/// <param name="Obstacle">Why it could not be evaluated; null where it could.</param>
public sealed record NetworkTestResult(
    string File, string Name, SourcePosition Position, ImmutableArray<Expectation> Expectations, string? Obstacle)
{
    /// <summary>Whether everything is as expected.</summary>
    public bool Passed => Obstacle is null && Expectations.All(expectation => expectation.Holds);

    /// <summary>What was expected, in one line.</summary>
    public string Expected => string.Join(", ", Expectations.Select(expectation => Text(expectation.Field, expectation.Expected)));

    /// <summary>What there was, in one line.</summary>
    public string Actual => string.Join(", ", Expectations.Select(expectation => Text(expectation.Field, expectation.Actual)));

    /// <summary>Where it differs, or why it could not be evaluated; empty where it passed.</summary>
    public string Message => Obstacle ?? string.Join("; ", Expectations.Where(expectation => !expectation.Holds).Select(Difference));

    private static string Text(string field, ImmutableArray<string> values) => $"{field}: {(values.Length == 1 ? values[0] : $"[{string.Join(", ", values)}]")}";

    private static string Difference(Expectation expectation)
    {
        string actual = string.Join(", ", expectation.Unexpected.Select(value => expectation.Remarks.TryGetValue(value, out string? remark) ? $"{value} ({remark})" : value));
        string expected = string.Join(", ", expectation.Missing);
        return $"{expectation.Field}: "
            + (expected.Length == 0 ? $"{actual} not expected" : actual.Length == 0 ? $"{expected} missing" : $"{actual} instead of {expected}");
    }
}
