using System.Text;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Input that is large in one place is answered like any other.</summary>
internal sealed class LargeInputTests
{
    [Test]
    public void A_string_of_60_megabytes_is_read()
    {
        string text = $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: large}}\ndata:\n  text: \"{new string('x', 60 << 20)}\"\n";

        ScenarioReading reading = Reading.Of(text);

        Assert.That(reading.Problems.Single().Rule, Is.EqualTo("ignored-kind"));
    }

    [Test]
    public void A_hundred_thousand_wrong_fields_are_all_told()
    {
        StringBuilder text = new("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{port: 80}]\n");
        for (int field = 0; field < 100_000; field++)
            text.Append($"  field{field}: 1\n");

        ScenarioReading reading = Reading.Of(text.ToString());

        Assert.That(reading.Problems, Has.Length.EqualTo(100_000));
    }

    [Test]
    public void A_hundred_thousand_wrong_fields_of_our_own_are_all_told()
    {
        StringBuilder text = new("apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata:\n  name: web\nspec:\n");
        for (int field = 0; field < 100_000; field++)
            text.Append($"  field{field}: 1\n");

        ScenarioReading reading = Reading.Of(text.ToString());

        Assert.That(reading.Problems, Has.Length.EqualTo(100_000));
    }

    [Test]
    public void Names_as_long_as_a_book_are_refused_like_short_ones()
    {
        string book = new('a', 1_000_000);
        // YAML itself ends plain keys at 1,024 letters (YAML 1.2.2, 7.4.2).
        string key = book[..1_000];
        string text = $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {book}!\n  labels: {{a: {book}!}}\nspec:\n  {key}: 1\n  type: {book}\n  externalName: {book}-\n  clusterIP: {book}\n";

        ScenarioReading reading = Reading.Of(text);

        foreach (string rule in (string[])["invalid-name", "invalid-label", "unknown-field", "unknown-value", "invalid-address"])
            Assert.That(reading.Problems.Select(problem => problem.Rule), Has.Member(rule));
    }
}
