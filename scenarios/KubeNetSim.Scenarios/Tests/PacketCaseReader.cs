using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Scenarios.Tests;

/// <summary>Reads what a case of a NetworkTest says of a packet.</summary>
internal static class PacketCaseReader
{
    private static readonly string[] Verdicts = ["Forward", "Reject", "Drop", "Accept", "PassThrough"];

    public static NetworkTestCase.PacketCase? Read(string name, SourcePosition position, Fields packet, Fields expect)
    {
        IpAddress? source = RequiredAddress(packet, "source");
        IpAddress? destination = RequiredAddress(packet, "destination");
        if (!packet.Has("port"))
            packet.Error("required-field", "port", "The field \"port\" is required", "port: 80");
        NetworkTestCase.PacketCase read = new(name, position)
        {
            Node = packet.Required("node", "the name of a Node"),
            Source = source ?? default,
            Destination = destination ?? default,
            Protocol = packet.Word("protocol", Words.Protocols) ?? Protocol.TCP,
            Port = (int)(packet.Integer("port", 0, 65_535) ?? 0),
            Verdict = expect.Word("verdict", Verdicts),
            Endpoints = expect.Has("endpoints") ? Endpoints(expect) : null,
            Masquerade = expect.Has("masquerade") ? expect.Bool("masquerade", false) : null,
        };
        packet.Close();
        expect.Close();
        if (source is { } from && destination is { } to && from.Family != to.Family)
            packet.Error("invalid-address", "source", $"{from} is {from.Family}, and the destination {to} is {to.Family}");
        if (read is { Verdict: not (null or "Forward"), Endpoints.IsEmpty: false })
            expect.Error("contradiction", "endpoints", $"A packet with verdict {read.Verdict} reaches no endpoint", "leave endpoints out, or verdict: Forward");
        return source is null || destination is null ? null : read;
    }

    private static IpAddress? RequiredAddress(Fields packet, string key)
    {
        if (!packet.Has(key))
            packet.Error("required-field", key, $"The field \"{key}\" is required", $"{key}: 10.244.0.5");
        return Words.Address(packet, key);
    }

    private static ImmutableArray<string> Endpoints(Fields expect)
    {
        ImmutableArray<string>.Builder endpoints = ImmutableArray.CreateBuilder<string>();
        foreach ((ScalarNode scalar, string path) in expect.Values("endpoints"))
        {
            if (Canonical(scalar.Text) is { } endpoint)
                endpoints.Add(endpoint);
            else
                expect.Problems.Add(new Problem(Severity.Error, "invalid-endpoint", scalar.Position, path,
                    $"\"{scalar.Text}\" is no endpoint", "ADDRESS:PORT such as \"10.244.1.4:8080\" or \"[fd00::4]:8080\""));
        }
        return endpoints.ToImmutable();
    }

    // The one way to write it: an address can be written in several.
    private static string? Canonical(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return null;
        string host = text[..colon];
        bool inBrackets = host.StartsWith('[') && host.EndsWith(']');
        if (!IpAddress.TryParse(inBrackets ? host[1..^1] : host, out IpAddress address) || inBrackets != (address.Family == IpFamily.IPv6))
            return null;
        return inBrackets ? $"[{address}]:{port}" : $"{address}:{port}";
    }
}
