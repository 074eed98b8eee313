using System.Collections.Immutable;
using KubeNetSim.DataPlane;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>Compares what cluster DNS answers with what a test expects.</summary>
internal static class LookupJudge
{
    public static Judgement Judge(NetworkTestCase.LookupCase item, DnsTable dns)
    {
        string expected = Describe(item.ResponseCode, item.Answers, item.Additional);
        if (!Enum.TryParse(item.Type, out DnsRecordType type))
            return new Judgement(expected, "no such type", $"cluster DNS knows no records of type \"{item.Type}\", only {string.Join(", ", Enum.GetNames<DnsRecordType>())}");
        DnsAnswer answer = dns.LookUp(item.Host, type, item.Namespace).Answer;
        string code = answer.Code == DnsResponseCode.NxDomain ? "NXDOMAIN" : "NOERROR";
        ImmutableArray<string> answers = [.. answer.Answers.Select(record => record.ToString())];
        ImmutableArray<string> additional = [.. answer.Additional.Select(record => $"{record.Name} {record}")];
        List<string> differences = [];
        if (item.ResponseCode is { } wanted && wanted != code)
            differences.Add($"the response code is {code}, not {wanted}");
        Compare("answers", item.Answers, answers, differences);
        Compare("additional records", item.Additional, additional, differences);
        return new Judgement(expected, Describe(code, item.Answers is null ? null : answers, item.Additional is null ? null : additional), string.Join("; ", differences));
    }

    private static void Compare(string what, ImmutableArray<string>? wanted, ImmutableArray<string> actual, List<string> differences)
    {
        if (wanted is not { } list)
            return;
        string[] missing = [.. list.Except(actual)];
        string[] extra = [.. actual.Except(list)];
        if (missing.Length > 0)
            differences.Add($"missing {what}: {string.Join(", ", missing)}");
        if (extra.Length > 0)
            differences.Add($"more {what}: {string.Join(", ", extra)}");
    }

    private static string Describe(string? code, ImmutableArray<string>? answers, ImmutableArray<string>? additional)
    {
        List<string> parts = [];
        if (code is not null)
            parts.Add(code);
        if (answers is { } list)
            parts.Add($"answers [{string.Join(", ", list.Order(StringComparer.Ordinal))}]");
        if (additional is { } more)
            parts.Add($"additional [{string.Join(", ", more.Order(StringComparer.Ordinal))}]");
        return string.Join(", ", parts);
    }
}
