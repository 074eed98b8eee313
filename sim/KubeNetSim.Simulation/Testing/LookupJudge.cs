namespace KubeNetSim.Simulation.Testing;

/// <summary>Compares what cluster DNS answers with what a test expects.</summary>
internal static class LookupJudge
{
    public static Judgement Judge(NetworkTestCase.LookupCase item, DnsTable dns)
    {
        if (!Enum.TryParse(item.Type, out DnsRecordType type))
            return Judgement.Impossible($"lookup.type: {item.Type} is not known, only {string.Join(", ", Enum.GetNames<DnsRecordType>())}");
        DnsAnswer answer = dns.LookUp(item.Host, type, item.Namespace).Answer;
        List<Expectation> expectations = [];
        if (item.ResponseCode is { } code)
            expectations.Add(Expectation.Of("rcode", code, answer.Code == DnsResponseCode.NxDomain ? "NXDOMAIN" : "NOERROR",
                answer.ForwardedName is { } outside ? $"CoreDNS asks an upstream server for {outside}" : ""));
        if (item.Answers is { } answers)
            expectations.Add(Expectation.Of("answers", answers.Select(text => Canonical(text, typeAt: 0)), answer.Answers.Select(record => record.ToString())));
        if (item.Additional is { } additional)
            expectations.Add(Expectation.Of("additional", additional.Select(text => Canonical(text, typeAt: 1)), answer.Additional.Select(record => $"{record.Name} {record}")));
        return new Judgement([.. expectations]);
    }

    // Zone files have several ways of writing one thing: text with quotes or without, addresses shortened or not. A serial number is a
    // time.
    private static string Canonical(string text, int typeAt)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string data = string.Join(' ', words.Skip(typeAt + 1));
        string? canonical = words.ElementAtOrDefault(typeAt) switch
        {
            "TXT" when !data.StartsWith('"') => $"\"{data}\"",
            "A" or "AAAA" when IpAddress.TryParse(data, out IpAddress address) => address.ToString(),
            "SOA" when words.Length == typeAt + 8 => string.Join(' ', [.. words[(typeAt + 1)..(typeAt + 3)], "0", .. words[(typeAt + 4)..]]),
            _ => null,
        };
        return canonical is null ? text : string.Join(' ', [.. words.Take(typeAt + 1), canonical]);
    }
}
