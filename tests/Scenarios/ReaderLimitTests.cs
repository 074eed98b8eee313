using System.Diagnostics;
using System.Text;
using KubeNetSim.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>
/// Input made to cost much is refused while it has cost little. The times are a hundred times what they take, so that a busy machine
/// passes and growth by the square does not.
/// </summary>
internal sealed class ReaderLimitTests
{
    [TestCase("[*{0},*{0},*{0},*{0},*{0},*{0},*{0},*{0},*{0},*{0}]", TestName = "Aliases_in_lists_are_refused_before_they_are_written_out")]
    [TestCase("{{a: *{0}, b: *{0}, c: *{0}, d: *{0}, e: *{0}, f: *{0}, g: *{0}, h: *{0}}}", TestName = "Aliases_in_mappings_are_refused_before_they_are_written_out")]
    public void Aliases_are_refused_before_they_are_written_out(string level)
    {
        StringBuilder text = new("apiVersion: v1\nkind: Service\nl0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int number = 1; number <= 30; number++)
            text.Append($"l{number}: &l{number} ").AppendFormat(null, level, $"l{number - 1}").Append('\n');

        ScenarioReading reading = Within(TimeSpan.FromSeconds(2), () => Reading.Of(text.ToString()));

        Assert.That(Reading.Errors(reading).Single(), Is.EqualTo("-:1:1: The document has more than 1,000,000 nodes when its aliases are written out"));
    }

    [Test]
    public void Merge_keys_are_refused_before_they_are_written_out()
    {
        string wide = string.Join(", ", Enumerable.Range(0, 2_000).Select(key => $"k{key}: 1"));
        string merges = string.Join(", ", Enumerable.Repeat("*wide", 1_000));

        ScenarioReading reading = Within(TimeSpan.FromSeconds(2), () => Reading.Of($"a: &wide {{{wide}}}\nb: {{<<: [{merges}]}}\n"));

        Assert.That(Reading.Errors(reading), Has.Length.EqualTo(1).And.Some.Contains("more than 1,000,000 nodes"));
    }

    [Test]
    public void A_list_of_lists_without_end_is_refused_at_its_101st()
    {
        ScenarioReading reading = Within(TimeSpan.FromSeconds(2), () => Reading.Of(new string('[', 1_000_000)));

        Assert.That(Reading.Errors(reading).Single(), Is.EqualTo("-:1:102: [0]: The document is nested more than 100 levels deep"));
    }

    [Test]
    public void A_stream_without_end_is_read_up_to_the_limit_only()
    {
        using EndlessStream stream = new();

        ScenarioReading reading = Within(TimeSpan.FromSeconds(5), () => ScenarioReader.Read(["-"], stream));

        Assert.That(Reading.Errors(reading).Single(), Is.EqualTo("-:1:1: The file is larger than 64 MiB, which no manifest is (split it)"));
        Assert.That(stream.BytesRead, Is.LessThan(65L << 20));
    }

    [Test]
    public void A_string_of_60_megabytes_is_read_in_one_go()
    {
        string text = $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: large}}\ndata:\n  text: \"{new string('x', 60 << 20)}\"\n";

        ScenarioReading reading = Within(TimeSpan.FromSeconds(30), () => Reading.Of(text));

        Assert.That(Reading.Errors(reading), Is.Empty);
    }

    [Test]
    public void A_hundred_thousand_wrong_fields_are_told_in_the_time_of_as_many_lines()
    {
        StringBuilder text = new("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{port: 80}]\n");
        for (int field = 0; field < 100_000; field++)
            text.Append($"  field{field}: 1\n");

        ScenarioReading reading = Within(TimeSpan.FromSeconds(30), () => Reading.Of(text.ToString()));

        Assert.That(Reading.Errors(reading), Has.Length.EqualTo(100_000));
    }

    [Test]
    public void A_hundred_thousand_wrong_fields_of_our_own_are_told_in_the_time_of_as_many_lines()
    {
        StringBuilder text = new("apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata:\n  name: web\nspec:\n");
        for (int field = 0; field < 100_000; field++)
            text.Append($"  field{field}: 1\n");

        ScenarioReading reading = Within(TimeSpan.FromSeconds(30), () => Reading.Of(text.ToString()));

        Assert.That(Reading.Errors(reading), Has.Length.EqualTo(100_000));
    }

    [Test]
    public void Names_as_long_as_a_book_do_not_make_rules_slow()
    {
        string book = new('a', 1_000_000);
        string text = $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {book}!\n  labels: {{a: {book}!}}\nspec:\n  {book}: 1\n  type: {book}\n  externalName: {book}-\n  clusterIP: {book}\n";

        ScenarioReading reading = Within(TimeSpan.FromSeconds(5), () => Reading.Of(text));

        Assert.That(Reading.Errors(reading), Is.Not.Empty);
    }

    private static ScenarioReading Within(TimeSpan limit, Func<ScenarioReading> read)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ScenarioReading reading = read();
        Assert.That(watch.Elapsed, Is.LessThan(limit));
        return reading;
    }

    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'a');
            BytesRead += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
