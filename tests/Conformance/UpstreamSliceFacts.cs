using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using KubeNetSim.Tests.Cli;
using KubeNetSim.Tests.Controllers;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Facts of kubernetes/endpointslice's own tests as files: inputs and what is expected. The most important of them are in
/// <see cref="EndpointSliceFacts"/> as well, which needs no files.
/// </summary>
internal sealed class UpstreamSliceFacts
{
    [Test]
    public async Task Get_endpointslices_shows_the_hints_that_the_reconciler_gives()
    {
        string[] cases = Directory.GetDirectories(UpstreamFacts.Find("endpointslices"));
        Assert.That(cases, Is.Not.Empty);
        foreach (string item in cases)
        {
            JsonNode expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(item, "expected.json")))!;
            TestConsole console = new();
            await console.RunAsync("get", "endpointslices", Path.Combine(item, "objects.json"), "-n", "ns", "-o", "json");
            JsonNode[] endpoints = [.. JsonNode.Parse(console.Output)!["items"]!.AsArray().SelectMany(slice => slice!["endpoints"]!.AsArray()).Select(endpoint => endpoint!)];

            Assert.That(Counts(endpoints.Select(ZoneHint).OfType<string>()), Is.EqualTo(Numbers(expected["hintsByZone"] ?? new JsonObject())), item);
            Assert.That(endpoints.Count(endpoint => ZoneHint(endpoint) is { } zone && zone != (string?)endpoint["zone"]), Is.EqualTo((int?)expected["crossZoneHints"] ?? 0), item);
            if ((int?)expected["endpointsWithoutZoneHint"] is { } without)
                Assert.That(endpoints.Count(endpoint => ZoneHint(endpoint) is null), Is.EqualTo(without), item);
        }
    }

    [Test]
    public void The_parts_of_the_controller_do_what_their_tests_say()
    {
        JsonArray cases = JsonNode.Parse(File.ReadAllText(UpstreamFacts.Find("endpointslices/small-cases.json")))!["cases"]!.AsArray();
        Assert.That(cases, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
            foreach (JsonNode? item in cases)
                Assert.That(ActualOf((string)item!["kind"]!, item["input"]!, item["expected"]!), Is.EqualTo("as expected"), (string?)item["id"]);
    }

    private static string ActualOf(string kind, JsonNode input, JsonNode expected) => kind switch
    {
        "addHints" => AddHints(input, expected),
        "zoneCpuRatios" => Same(Numbers(expected["cpuRatiosByZone"]), Text(Shares(input)?.Zones.Select(zone => (zone.Zone, zone.Share)))),
        "redistributeHints" => Redistribute(input, expected),
        "givingAndReceivingZones" => GivingAndReceiving(input, expected),
        "countExistingHints" => Same(Numbers(expected["hintsByZone"]), Text(HintAllocation.HintsThatFit(SliceOf(input["slice"]!),
            Allocations(input["maximumByZone"], zone => new ZoneAllocation(0, (int)zone)), Integers(input["allocatedHintsByZone"]))?.Select(zone => (zone.Key, (double)zone.Value)))),
        "trafficDistribution" => TrafficDistribution(input, expected),
        "slicePacking" => UpstreamPacking.ActualOf(input, expected),
        _ => throw new UnreachableException(kind),
    };

    private static string AddHints(JsonNode input, JsonNode expected)
    {
        ControllerLog log = new();
        SlicePlan plan = PlanOf(input);
        ZoneShares? shares = input["cpuRatiosByZone"] is JsonObject ratios ? new ZoneShares([.. ratios.Select(zone => (zone.Key, (double)zone.Value!))]) : null;
        bool enabled = new EndpointHints(shares, log).AddTo(
            Made.Service("svc") with { Meta = Made.Meta("svc") with { Annotations = Made.Labels("service.kubernetes.io/topology-mode=Auto") } }, IpFamily.IPv4, plan, isHinted: false);
        ClusterEvent recorded = log.Events.Single();
        return Same(
            $"{(bool)expected["hintsEnabled"]!} {expected["event"]!["type"]} {expected["event"]!["reason"]} | {Text(expected["slicesToCreate"]!)} | {Text(expected["slicesToUpdate"]!)}",
            $"{enabled} {(recorded.IsWarning ? "Warning" : "Normal")} {recorded.Reason} | {Text(plan.Created)} | {Text(plan.Updated)}");
    }

    private static string TrafficDistribution(JsonNode input, JsonNode expected)
    {
        SlicePlan plan = PlanOf(input);
        new EndpointHints(null, new ControllerLog()).AddTo(Made.Service("svc") with { TrafficDistribution = (string?)input["trafficDistribution"] }, IpFamily.IPv4, plan, isHinted: false);
        return Same($"{Text(expected["slicesToCreate"]!)} | {Text(expected["slicesToUpdate"]!)} | {Text(expected["slicesUnchanged"]!)}", $"{Text(plan.Created)} | {Text(plan.Updated)} | {Text(plan.Unchanged)}");
    }

    private static string Redistribute(JsonNode input, JsonNode expected)
    {
        SlicePlan plan = new();
        plan.Created.AddRange(input["slices"]!.AsArray().Select(slice => SliceOf(slice!)));
        HintAllocation.Redistribute(plan, Integers(input["givingZones"]), Integers(input["receivingZones"]));
        Endpoint[] lent = [.. plan.Created.SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.ZoneHints.Single() != endpoint.Zone)];
        IEnumerable<(string, double)> moved = lent.SelectMany(endpoint => new[] { (endpoint.Zone!, -1.0), (endpoint.ZoneHints.Single(), 1.0) });
        return Same(Numbers(expected["redistributions"]), Text(moved.GroupBy(zone => zone.Item1).Select(zone => (zone.Key, zone.Sum(item => item.Item2)))));
    }

    private static string GivingAndReceiving(JsonNode input, JsonNode expected)
    {
        var (giving, receiving) = HintAllocation.GivingAndReceiving(Allocations(input["desiredByZone"], zone => new ZoneAllocation(zone, 0)), Integers(input["allocatedHintsByZone"]));
        return Same($"{Numbers(expected["givingZones"])} | {Numbers(expected["receivingZones"])}",
            $"{Text(giving.Select(zone => (zone.Key, (double)zone.Value)))} | {Text(receiving.Select(zone => (zone.Key, (double)zone.Value)))}");
    }

    private static ZoneShares? Shares(JsonNode input) => ZoneShares.Of([.. input["nodes"]!.AsArray().Select(node => new Node
    {
        Meta = new ObjectMeta
        {
            Name = (string)node!["name"]!,
            Labels = (node["labels"]?.AsObject() ?? []).Aggregate(ObjectMeta.NoLabels, (labels, label) => labels.Add(label.Key, (string)label.Value!)).Add(Node.ZoneLabel, (string)node["zone"]!),
        },
        AllocatableMilliCpu = (long)node["cpuMilli"]!,
        Ready = (bool)node["ready"]!,
    })]);

    private static SlicePlan PlanOf(JsonNode input)
    {
        SlicePlan plan = new();
        plan.Created.AddRange((input["slicesToCreate"]?.AsArray() ?? []).Select(slice => SliceOf(slice!)));
        plan.Updated.AddRange((input["slicesToUpdate"]?.AsArray() ?? []).Select(slice => SliceOf(slice!)));
        plan.Unchanged.AddRange((input["slicesUnchanged"]?.AsArray() ?? []).Select(slice => SliceOf(slice!)));
        return plan;
    }

    private static EndpointSlice SliceOf(JsonNode slice) => new()
    {
        Meta = Made.Meta("slice"),
        Endpoints = [.. slice["endpoints"]!.AsArray().Select(endpoint => new Endpoint
        {
            Addresses = [.. (endpoint!["addresses"]?.AsArray() ?? []).Select(address => IpAddress.Parse((string)address!))],
            NodeName = (string?)endpoint["nodeName"],
            Zone = (string?)endpoint["zone"],
            Ready = (bool?)endpoint["conditions"]?["ready"],
            ZoneHints = Names(endpoint["hints"]?["forZones"]),
            NodeHints = Names(endpoint["hints"]?["forNodes"]),
        })],
    };

    private static ImmutableArray<string> Names(JsonNode? hints) => [.. (hints?.AsArray() ?? []).Select(hint => (string)hint!["name"]!)];

    private static string? ZoneHint(JsonNode endpoint) => (string?)endpoint["hints"]?["forZones"]?[0]?["name"];

    private static string Text(JsonNode slices) => Text(slices.AsArray().Select(slice => SliceOf(slice!)));

    private static string Text(IEnumerable<EndpointSlice> slices) => string.Join(" / ", slices.Select(slice => slice.Endpoints
        .Select(endpoint => $"{endpoint.Addresses.List()}:{string.Join('+', endpoint.ZoneHints)}:{string.Join('+', endpoint.NodeHints)}").List()));

    private static string Text(IEnumerable<(string Zone, double Amount)>? zones) => zones is null ? "none" : zones.Where(zone => zone.Amount != 0)
        .OrderBy(zone => zone.Zone, StringComparer.Ordinal).Select(zone => string.Create(CultureInfo.InvariantCulture, $"{zone.Zone}={zone.Amount:0.####}")).List();

    private static string Counts(IEnumerable<string> zones) => Text(zones.CountBy(zone => zone).Select(zone => (zone.Key, (double)zone.Value)));

    private static string Numbers(JsonNode? zones) => zones is JsonObject { Count: > 0 } all ? Text(all.Select(zone => (zone.Key, (double)zone.Value!))) : zones is null ? "none" : "";

    private static SortedDictionary<string, int> Integers(JsonNode? zones) => new(zones!.AsObject().ToDictionary(zone => zone.Key, zone => (int)zone.Value!), StringComparer.Ordinal);

    private static SortedDictionary<string, ZoneAllocation> Allocations(JsonNode? zones, Func<double, ZoneAllocation> make) =>
        new(zones!.AsObject().ToDictionary(zone => zone.Key, zone => make((double)zone.Value!)), StringComparer.Ordinal);

    private static string Same(string expected, string actual) => expected == actual ? "as expected" : $"{actual}, and not {expected}";
}
