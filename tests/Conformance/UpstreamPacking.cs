using System.Globalization;
using System.Text.Json.Nodes;
using KubeNetSim.Tests.Controllers;

namespace KubeNetSim.Tests.Conformance;

/// <summary>Packs endpoints into slices as an upstream fact asks for, and says where it comes out otherwise than expected.</summary>
internal static class UpstreamPacking
{
    private static readonly Service Svc = Made.Service("svc", "app=a", new ServicePort { Port = 80, TargetPort = 80 });

    public static string ActualOf(JsonNode input, JsonNode expected)
    {
        EndpointSlice[] before = Before(input["existingSliceLengths"]!.AsArray());
        EndpointSlice[] after = [.. After(input, before)];
        string[] differences =
        [
            .. Differences("sliceLengths", string.Join(' ', expected["sliceLengths"]!.AsArray().Select(length => (int)length!).Order()), after.Select(slice => slice.Endpoints.Length).Order().List()),
            .. Differences("slicesCreated", expected, after.Count(slice => before.All(old => old.Meta.Name != slice.Meta.Name))),
            .. Differences("slicesUpdated", expected, after.Count(slice => before.Any(old => old.Meta.Name == slice.Meta.Name && !ReferenceEquals(old, slice)))),
            .. Differences("slicesDeleted", expected, before.Count(old => after.All(slice => old.Meta.Name != slice.Meta.Name))),
        ];
        return differences.Length == 0 ? "as expected" : string.Join("; ", differences);
    }

    private static EndpointSlice[] Before(JsonArray lengths)
    {
        int next = 0;
        return [.. lengths.Select((length, number) => new EndpointSlice
        {
            Meta = SliceMeta.Of(Svc, number, ServiceEndpoints.ControllerName),
            Ports = [new EndpointPort("", 80, Protocol.TCP)],
            Endpoints = [.. Enumerable.Range(0, (int)length!).Select(_ => Endpoint(next++))],
        })];
    }

    private static IEnumerable<EndpointSlice> After(JsonNode input, EndpointSlice[] before)
    {
        string change = (string?)input["change"] ?? "";
        int existing = before.Sum(slice => slice.Endpoints.Length);
        bool becomeUnready = change.Contains("unready", StringComparison.Ordinal);
        Endpoint[] desired = [.. Enumerable.Range(0, (int)input["desiredEndpoints"]!).Select(number => becomeUnready && number < existing && number % 10 == 0 ? Endpoint(number) with { Ready = false } : Endpoint(number))];
        bool otherPorts = change.StartsWith("targetPort", StringComparison.Ordinal);
        SlicePlan plan = new();
        plan.Deleted.AddRange(otherPorts ? before : []);
        EndpointSlice empty = new() { Meta = SliceMeta.Of(Svc, 0, ServiceEndpoints.ControllerName) };
        new SlicePacking((int)input["maxEndpointsPerSlice"]!).Pack(plan, otherPorts ? [] : before, desired, empty);
        int number = before.Length;
        return plan.Result(before, () => SliceMeta.Of(Svc, number++, ServiceEndpoints.ControllerName));
    }

    private static Endpoint Endpoint(int number) =>
        new() { Addresses = [IpAddress.Parse("10.0.0.1").Plus((UInt128)number)], Ready = true, PodName = $"ns/pod-{number.ToString(CultureInfo.InvariantCulture)}" };

    private static IEnumerable<string> Differences(string what, JsonNode expected, int actual) =>
        Differences(what, (string?)expected[what]?.ToString() ?? actual.ToString(CultureInfo.InvariantCulture), actual.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<string> Differences(string what, string expected, string actual) => expected == actual ? [] : [$"{what}: {actual}, and not {expected}"];
}
