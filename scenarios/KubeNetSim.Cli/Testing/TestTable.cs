using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Cli.Testing;

/// <summary>
/// Prints how tests came out: a line a case, and of a case that fails each expectation, what differs marked as diff does: - is expected
/// and not there, + is there and not expected.
/// </summary>
internal static class TestTable
{
    // Values that are as expected only say how large a set is, beyond these.
    private const int ShownAsExpected = 8;

    public static void Write(TextWriter writer, ImmutableArray<NetworkTestResult> results)
    {
        foreach (NetworkTestResult result in results)
        {
            writer.WriteLine($"{(result.Passed ? "ok   " : result.Obstacle is null ? "FAIL " : "ERROR")} {result.Name}");
            if (!result.Passed)
                foreach (string line in LinesOf(result))
                    writer.WriteLine($"      {line}");
        }
        int passed = results.Count(result => result.Passed);
        int errors = results.Count(result => result.Obstacle is not null);
        string failed = string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {results.Length - passed} failed");
        writer.WriteLine(errors == 0 ? failed : string.Create(CultureInfo.InvariantCulture, $"{failed}, {errors} of them could not be evaluated"));
    }

    /// <summary>What there is to say of a case that did not pass.</summary>
    public static IEnumerable<string> LinesOf(NetworkTestResult result)
    {
        yield return result.Position.ToString();
        if (result.Obstacle is { } obstacle)
            yield return $"  {obstacle}";
        int width = result.Expectations.Select(expectation => expectation.Field.Length).DefaultIfEmpty().Max();
        foreach (Expectation expectation in result.Expectations)
            foreach ((char mark, string text) in Values(expectation))
                yield return $"{mark} {expectation.Field.PadRight(width)}  {text}";
    }

    private static IEnumerable<(char Mark, string Text)> Values(Expectation expectation)
    {
        string[] common = [.. expectation.Expected.Intersect(expectation.Actual)];
        foreach (string value in common.Take(ShownAsExpected))
            yield return (' ', value);
        if (common.Length > ShownAsExpected)
            yield return (' ', $"and {common.Length - ShownAsExpected} more as expected");
        // An empty list is a value too.
        if (expectation is { Holds: true } && common.Length == 0)
            yield return (' ', "none");
        foreach (string value in !expectation.Holds && expectation.Expected.IsEmpty ? ["none"] : expectation.Missing)
            yield return ('-', value);
        foreach (string value in !expectation.Holds && expectation.Actual.IsEmpty ? ["none"] : expectation.Unexpected)
            yield return ('+', expectation.Remarks.TryGetValue(value, out string? remark) ? $"{value}  ({remark})" : value);
    }
}
