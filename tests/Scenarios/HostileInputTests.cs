using System.Text;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Input that wants to hurt: too large, too deep, not text, or growing while it is read.</summary>
internal sealed class HostileInputTests
{
    [Test]
    public void A_file_of_more_than_2_000_MiB_is_refused_before_it_is_read()
    {
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.OpenWrite(file))
                stream.SetLength(InputFiles.MostBytes + 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Problem problem = Only(ScenarioReader.Read([file], null));
            Assert.That(problem.Rule, Is.EqualTo("file-too-large"));
            Assert.That(problem.Position, Is.EqualTo(new SourcePosition(file, 1, 1)));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20), "nothing of it is in memory");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void Standard_input_without_an_end_is_refused_where_the_limit_is()
    {
        using EndlessStream stream = new();
        List<Problem> problems = [];
        Assert.That(new InputFiles(stream, problems, mostBytes: 8 << 20).Read(["-"]), Is.Empty);
        Assert.That(problems.Single().Rule, Is.EqualTo("file-too-large"));
        Assert.That(stream.Given, Is.LessThan(9L << 20));
    }

    [Test]
    public void An_alias_bomb_ends_at_once()
    {
        StringBuilder text = new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level <= 90; level++)
            text.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        AssertRefused(text.ToString(), "alias-bomb");
    }

    [Test]
    public void A_bomb_of_merged_keys_ends_at_once()
    {
        string wide = string.Join(", ", Enumerable.Range(0, 2_000).Select(key => $"k{key}: 1"));
        string merges = string.Concat(Enumerable.Repeat("- {<<: *wide}\n", 20_000));
        AssertRefused($"wide: &wide {{{wide}}}\nlist:\n{merges}", "alias-bomb");
    }

    [TestCase('[')]
    [TestCase('{')]
    public void Brackets_in_brackets_are_refused_at_a_hundred(char bracket) =>
        AssertRefused("a: " + new string(bracket, 1_000_000), "too-deep");

    [Test]
    public void Lists_in_lists_are_refused_at_a_hundred() =>
        AssertRefused(string.Concat(Enumerable.Repeat("- ", 100_000)), "too-deep");

    [Test]
    public void Two_hundred_thousand_keys_in_one_mapping_are_read()
    {
        string keys = string.Concat(Enumerable.Range(0, 200_000).Select(key => $"    k{key}: v\n"));
        ScenarioReading reading = Read($"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels:\n{keys}");
        Assert.That(reading.Problems, Is.Empty);
    }

    [TestCase(new byte[] { 0x6B, 0x3A, 0x0A, 0x20, 0x00 }, 2, 2, TestName = "A_NUL_is_found_where_it_stands")]
    [TestCase(new byte[] { 0x6B, 0x3A, 0x20, 0xC3, 0x28 }, 1, 4, TestName = "Bytes_that_are_not_UTF_8_are_found_where_they_stand")]
    public void Binary_input_is_named(byte[] bytes, int line, int column)
    {
        Problem problem = Only(ScenarioReader.Read(["-"], new MemoryStream(bytes)));
        Assert.That(problem.Rule, Is.EqualTo("binary-file"));
        Assert.That(problem.Position, Is.EqualTo(new SourcePosition("-", line, column)));
    }

    [TestCase("")]
    [TestCase("  \n\n")]
    [TestCase("# only a comment\n")]
    [TestCase("---\n---\n...\n")]
    public void Input_without_a_document_says_so(string text) =>
        Assert.That(Only(Read(text)).Rule, Is.EqualTo("empty-input"));

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        Problem problem = Only(ScenarioReader.Read(["no/such/file.yaml"], null));
        Assert.That(problem.ToString(), Is.EqualTo("no/such/file.yaml:1:1: There is no such file or folder"));
    }

    [Test]
    public void Standard_input_that_is_not_there_is_named() =>
        Assert.That(Only(ScenarioReader.Read(["-"], null)).ToString(), Is.EqualTo("-:1:1: There is no standard input"));

    private static void AssertRefused(string text, string rule)
    {
        ScenarioReading reading = Read(text);
        Assert.That(reading.Problems.Select(problem => problem.Rule), Has.Member(rule));
        Assert.That(reading.Scenario, Is.Null);
    }

    private static ScenarioReading Read(string text) => ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static Problem Only(ScenarioReading reading)
    {
        Assert.That(reading.Scenario, Is.Null);
        Assert.That(reading.Problems, Has.Length.EqualTo(1), string.Join("\n", reading.Problems));
        return reading.Problems[0];
    }

    /// <summary>Spaces for ever.</summary>
    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)' ', offset, count);
            Given += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
