using System.Text;
using CsCheck;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Whatever is done to a valid file, reading it gives a scenario or errors with places, and never an exception.</summary>
internal sealed class FuzzTests
{
    private static readonly byte[] Spice = "[]{}:,-&*?|>!%@`'\"#\t\n \\0~<yn.eE_x\x00\xFF"u8.ToArray();

    private static byte[] Valid() => File.ReadAllBytes(Reading.ValidFile("everything.yaml"));

    [Test]
    public void A_file_cut_anywhere_is_read_without_an_exception()
    {
        byte[] valid = Valid();
        for (int length = 0; length < valid.Length; length += 7)
            AssertAnswered(valid[..length]);
    }

    [Test]
    public void A_file_with_bytes_replaced_is_read_without_an_exception()
    {
        byte[] valid = Valid();
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Int[0, Spice.Length - 1]).Array[1, 6].Sample(changes =>
        {
            byte[] changed = [.. valid];
            foreach ((int place, int spice) in changes)
                changed[place] = Spice[spice];
            AssertAnswered(changed);
        }, iter: 2_000);
    }

    [Test]
    public void A_file_with_a_piece_moved_is_read_without_an_exception()
    {
        byte[] valid = Valid();
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Int[0, 60], Gen.Int[0, valid.Length - 1]).Sample((from, length, to) =>
        {
            byte[] piece = valid[from..Math.Min(valid.Length, from + length)];
            AssertAnswered([.. valid[..to], .. piece, .. valid[to..]]);
        }, iter: 1_000);
    }

    [Test]
    public void A_file_with_a_value_of_another_kind_is_read_without_an_exception()
    {
        string[] lines = Encoding.UTF8.GetString(Valid()).Split('\n');
        string[] values = ["[]", "{}", "null", "-1", "1e400", "9223372036854775808", "0x", ".nan", "true", "''", "\"\\u0000\"", "[[a]]", "{a: {b: c}}", "2026-02-30", "&a [*a]", "!!binary x"];
        foreach (int line in Enumerable.Range(0, lines.Length).Where(line => lines[line].Contains(": ", StringComparison.Ordinal)))
            foreach (string value in values)
            {
                string[] changed = [.. lines];
                changed[line] = $"{lines[line][..lines[line].IndexOf(": ", StringComparison.Ordinal)]}: {value}";
                AssertAnswered(Encoding.UTF8.GetBytes(string.Join('\n', changed)));
            }
    }

    private static void AssertAnswered(byte[] bytes)
    {
        ScenarioReading reading = ScenarioReader.Read(["-"], new MemoryStream(bytes));
        bool failed = reading.Problems.Any(problem => problem.Severity == Model.Problems.Severity.Error);
        Assert.That(reading.Scenario is null, Is.EqualTo(failed));
        Assert.That(reading.Problems.All(problem => problem.Position is { Line: > 0, Column: > 0 } && problem.Message.Length > 0), Is.True);
    }
}
