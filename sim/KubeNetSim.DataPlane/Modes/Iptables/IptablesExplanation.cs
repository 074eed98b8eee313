namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>The path of one packet through the chains of iptables, derived from its decision.</summary>
internal sealed class IptablesExplanation(IptablesSnapshot snapshot, Packet packet, Decision decision)
{
    private readonly ListLengths _lists = snapshot.ListsOf(decision.Family);
    private readonly IptablesText _text = decision.Port is { } port ? new IptablesText(snapshot, port) : null!;

    public IEnumerable<RuleStep> Steps(int endpointIndex, bool byAffinity)
    {
        int nat = IptablesWork.Nat(snapshot, decision, _lists);
        Work filter = Rules(IptablesWork.Filter(snapshot, decision, endpointIndex, _lists));
        if (decision.Verdict != Verdict.Forward)
        {
            yield return new RuleStep("nat KUBE-SERVICES", "", $"no rule translates the packet: all {nat} are compared", Rules(nat));
            yield return Ending(filter);
            yield break;
        }
        foreach (RuleStep step in Dispatch(nat).Concat(External()).Concat(Choice(endpointIndex, byAffinity)))
            yield return step;
        if (filter.DispatchRules > 0)
            yield return new RuleStep("filter", "", $"no rule of a Service without endpoints matches: {filter.DispatchRules} are compared", filter);
        if (decision.IsMasqueraded(packet, endpointIndex))
            yield return At(IptablesRules.Masquerade, "the source becomes an address of the node");
    }

    private IEnumerable<RuleStep> Dispatch(int rules)
    {
        IptablesRule found = _text.Dispatch(decision.Frontend, packet.Destination);
        int list = _lists.NatServices + _lists.NodePortJumps;
        if (decision.Frontend != FrontendKind.NodePort)
            return [At(found, $"rule {rules} of {list} matches", Rules(rules))];
        string match = snapshot.Node.Addresses.NodePortMatches(decision.Family).ElementAt(decision.NodePortPlace);
        int jump = _lists.NatServices + decision.NodePortPlace + 1;
        return
        [
            At(IptablesRules.NodePortJump(match), $"rule {jump} of {list} leads to the node ports", Rules(jump)),
            At(found, $"rule {rules - jump} of {_lists.NatNodePorts} matches", Rules(rules - jump)),
        ];
    }

    private IEnumerable<RuleStep> External()
    {
        ServicePortEntry port = decision.Port!;
        if (decision.Frontend == FrontendKind.LoadBalancer && !port.SourceRanges.IsEmpty)
            yield return At(_text.Allowed(AllowedAs(port)), "the source is in a range that is allowed");
        if (decision.Frontend == FrontendKind.ClusterIP)
            yield break;
        if (!port.IsExternallyLocal)
        {
            yield return At(_text.MasqueradeExternal(), "external traffic is marked for masquerading");
            yield return At(_text.ExternalToAll(), "policy Cluster: any endpoint");
        }
        else if (snapshot.Node.IsFromPod(packet))
            yield return At(_text.ExternalFromPods(), "a pod is not outside: any endpoint, its address kept");
        else if (snapshot.Node.IsFromNode(packet))
        {
            yield return At(_text.MasqueradeNode(), "traffic of the node itself is marked for masquerading");
            yield return At(_text.ExternalFromNode(), "the node is not outside: any endpoint");
        }
        else
            yield return At(_text.ExternalToLocal(), "policy Local: endpoints of this node only, the client's address kept");
    }

    private IEnumerable<RuleStep> Choice(int index, bool byAffinity)
    {
        Work work = snapshot.WorkOf(decision, index, byAffinity) with { DispatchRules = 0, Translated = false };
        EndpointEntry endpoint = decision.Endpoints[index];
        string chain = ChainOfChoice();
        if (decision.Frontend == FrontendKind.ClusterIP && decision.Masquerade && _text.MasqueradeInternal() is { } mark)
            yield return At(mark, "the source is no pod: marked for masquerading");
        yield return byAffinity
            ? At(_text.Returning(chain, endpoint), "the client is known here", work)
            : At(_text.Choice(chain, decision.Endpoints, index), $"endpoint {index + 1} of {decision.Endpoints.Count}", work);
        if (endpoint.Address == packet.Source)
            yield return At(_text.Hairpin(endpoint), "the pod reaches itself: marked for masquerading");
        yield return At(_text.Translation(endpoint), "the destination becomes the endpoint", new Work(0, 0, 0, Translated: true));
    }

    private string ChainOfChoice()
    {
        ServicePortEntry port = decision.Port!;
        bool local = decision.Frontend == FrontendKind.ClusterIP
            ? port.IsInternallyLocal
            : port.IsExternallyLocal && !snapshot.Node.IsFromPod(packet) && !snapshot.Node.IsFromNode(packet);
        return local ? _text.Svl : _text.Svc;
    }

    private RuleStep Ending(Work work) => decision.Reason switch
    {
        DecisionReason.NoEndpoints when decision.Verdict == Verdict.Reject =>
            At(_text.Refusal(decision.Frontend, packet.Destination), "no endpoint anywhere: the client gets a refusal at once", work),
        DecisionReason.NoLocalEndpoints =>
            At(
                IptablesWork.IsDroppedByFirewall(decision) ? _text.FirewallDrop(packet.Destination) : _text.Refusal(decision.Frontend, packet.Destination),
                "no endpoint on this node: the packet vanishes", work),
        DecisionReason.SourceNotAllowed =>
            At(_text.FirewallDrop(packet.Destination), "the source is in no range that is allowed: the packet vanishes", work),
        DecisionReason.HealthCheck => At(HealthCheck(), "kube-proxy itself answers the load balancer's health check", work),
        _ => new RuleStep("filter", "", $"no rule concerns the packet: {work.DispatchRules} are compared, then routing decides", work),
    };

    private IptablesRule HealthCheck() => new IptablesText(
        snapshot, snapshot.Services.Ports.First(port => port.Family == decision.Family && port.HealthCheckPort == packet.DestinationPort)).HealthCheck();

    private string AllowedAs(ServicePortEntry port) =>
        port.SourceRanges.Where(range => range.Contains(packet.Source)).Select(range => range.ToString()).FirstOrDefault(packet.Source.ToString());

    private static RuleStep At(IptablesRule rule, string meaning, Work work = default) => new($"{rule.Table} {rule.Chain}", rule.Text, meaning, work);

    private static Work Rules(int count) => new(count, 0, 0, Translated: false);
}
