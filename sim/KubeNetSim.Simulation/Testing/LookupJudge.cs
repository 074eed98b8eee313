using KubeNetSim.DataPlane;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>Compares what cluster DNS answers with what a test expects.</summary>
internal static class LookupJudge
{
    public static Judgement Judge(NetworkTestCase.LookupCase item, DnsTable dns)
    {
        if (!Enum.TryParse(item.Type, out DnsRecordType type))
            return Judgement.Impossible($"lookup.type: cluster DNS has no records of type {item.Type}, only {string.Join(", ", Enum.GetNames<DnsRecordType>())}");
        DnsAnswer answer = dns.LookUp(item.Host, type, item.Namespace).Answer;
        List<Expectation> expectations = [];
        if (item.ResponseCode is { } code)
            expectations.Add(Expectation.Of("rcode", code, answer.Code == DnsResponseCode.NxDomain ? "NXDOMAIN" : "NOERROR",
                answer.ForwardedName is { } outside ? $"{outside} is not of this cluster: CoreDNS asks upstream" : ""));
        if (item.Answers is { } answers)
            expectations.Add(Expectation.Of("answers", answers, answer.Answers.Select(record => record.ToString())));
        if (item.Additional is { } additional)
            expectations.Add(Expectation.Of("additional", additional, answer.Additional.Select(record => $"{record.Name} {record}")));
        return new Judgement([.. expectations]);
    }
}
