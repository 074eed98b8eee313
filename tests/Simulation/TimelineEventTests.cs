using KubeNetSim.Tests.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>The family of timeline events: each kind has a record, a reader and an action, and nothing else is accepted.</summary>
internal sealed class TimelineEventTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {}}}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: a}
        """;

    [Test]
    public void Every_kind_of_event_can_be_written_and_has_an_action()
    {
        TimelineEvent[] read =
        [
            .. TimelineReader.Kinds.Select(kind => Reading.Scenario($"{Web}\nspec: {{timeline: [{{at: 1s, {kind.Example}}}]}}\n").Timeline.Single()),
        ];

        Assert.That(read.Select(item => item.GetType()).Distinct(), Is.EquivalentTo(typeof(TimelineEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(TimelineEvent))));
        Assert.That(read.Select(EventAction.Of), Has.All.Not.Null);
    }

    [TestCase("explode: {deployment: web}", "-:9:28: spec.timeline[0].explode: There is no event \"explode\"; an event is one of: scale, rollout, restart")]
    [TestCase("scael: {deployment: web, replicas: 2}", "-:9:28: spec.timeline[0].scael: There is no event \"scael\"; an event is one of: scale")]
    public void An_unknown_event_is_an_error_that_names_the_kinds(string item, string expected) =>
        Assert.That(Reading.Of($"{Web}\nspec: {{timeline: [{{at: 1s, {item}}}]}}\n").Problems.Single().ToString(), Does.StartWith(expected));

    [Test]
    public void An_event_without_a_kind_is_an_error_that_names_the_kinds() =>
        Assert.That(Reading.Of($"{Web}\nspec: {{timeline: [{{at: 1s}}]}}\n").Problems.Single().ToString(), Does.Contain("An event must say what happens: scale"));
}
