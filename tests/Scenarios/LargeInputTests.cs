using System.Diagnostics;
using System.Text;
using KubeNetSim.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>
/// Input that is large in one place costs as much as it is large. The times are far above what it takes, so that a busy machine passes and
/// growth by the square does not.
/// </summary>
internal sealed class LargeInputTests
{
    [Test]
    public void A_string_of_60_megabytes_is_read_in_one_go()
    {
        string text = $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: large}}\ndata:\n  text: \"{new string('x', 60 << 20)}\"\n";

        ScenarioReading reading = Within(TimeSpan.FromSeconds(30), () => Reading.Of(text));

        Assert.That(reading.Problems.Single().Rule, Is.EqualTo("ignored-kind"));
    }

    [Test]
    public void A_hundred_thousand_wrong_fields_are_told_in_the_time_of_as_many_lines()
    {
        StringBuilder text = new("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{port: 80}]\n");
        for (int field = 0; field < 100_000; field++)
            text.Append($"  field{field}: 1\n");

        ScenarioReading reading = Within(TimeSpan.FromSeconds(30), () => Reading.Of(text.ToString()));

        Assert.That(reading.Problems, Has.Length.EqualTo(100_000));
    }

    [Test]
    public void A_hundred_thousand_wrong_fields_of_our_own_are_told_in_the_time_of_as_many_lines()
    {
        StringBuilder text = new("apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata:\n  name: web\nspec:\n");
        for (int field = 0; field < 100_000; field++)
            text.Append($"  field{field}: 1\n");

        ScenarioReading reading = Within(TimeSpan.FromSeconds(30), () => Reading.Of(text.ToString()));

        Assert.That(reading.Problems, Has.Length.EqualTo(100_000));
    }

    [Test]
    public void Names_as_long_as_a_book_do_not_make_rules_slow()
    {
        string book = new('a', 1_000_000);
        string text = $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {book}!\n  labels: {{a: {book}!}}\nspec:\n  {book}: 1\n  type: {book}\n  externalName: {book}-\n  clusterIP: {book}\n";

        ScenarioReading reading = Within(TimeSpan.FromSeconds(5), () => Reading.Of(text));

        Assert.That(reading.Problems, Is.Not.Empty);
    }

    private static ScenarioReading Within(TimeSpan limit, Func<ScenarioReading> read)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ScenarioReading reading = read();
        Assert.That(watch.Elapsed, Is.LessThan(limit));
        return reading;
    }
}
