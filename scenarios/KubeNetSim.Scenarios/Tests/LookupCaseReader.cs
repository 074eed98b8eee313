namespace KubeNetSim.Scenarios.Tests;

/// <summary>Reads what a case of a NetworkTest says of a look-up.</summary>
internal static class LookupCaseReader
{
    // What clients ask cluster DNS for.
    private static readonly string[] Types = ["A", "AAAA", "CNAME", "SRV", "PTR", "TXT", "NS", "SOA", "MX", "HINFO", "HTTPS"];

    // Those that a resolver knows by name (RFC 1035 4.1.1); cluster DNS answers with the first two.
    private static readonly string[] ResponseCodes = ["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "FORMERR", "NOTIMP"];

    public static NetworkTestCase.LookupCase Read(string name, SourcePosition position, Fields lookup, Fields expect)
    {
        NetworkTestCase.LookupCase read = new(name, position)
        {
            Host = lookup.Required("name", "web.shop.svc.cluster.local"),
            Type = lookup.Word("type", Types) ?? "A",
            Namespace = lookup.Text("namespace") ?? "default",
            ResponseCode = expect.Word("rcode", ResponseCodes),
            Answers = expect.Has("answers") ? expect.Texts("answers") : null,
            Additional = expect.Has("additional") ? expect.Texts("additional") : null,
        };
        foreach ((ScalarNode answer, string path) in expect.Values("answers"))
            if (!Types.Contains(answer.Text.Split(' ')[0]))
                expect.Problems.Add(new Problem(Severity.Error, "invalid-answer", answer.Position, path,
                    $"\"{answer.Text}\" is no answer", "TYPE DATA such as \"A 10.96.0.50\""));
        lookup.Close();
        expect.Close();
        return read;
    }
}
