namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>The path of one packet through the nftables table, derived from its decision.</summary>
internal sealed class NftablesExplanation(NodeSnapshot snapshot, Packet packet, Decision decision)
{
    private readonly NftablesText _text = decision.Port is { } port ? new NftablesText(snapshot.Node, port) : null!;
    private readonly string _ip = NftablesText.IpOf(decision.Family);

    public IEnumerable<RuleStep> Steps(int endpointIndex, bool byAffinity)
    {
        Work work = snapshot.WorkOf(decision, endpointIndex, byAffinity);
        if (decision.Verdict != Verdict.Forward)
            return [Ending(work)];
        int choice = NftablesWork.ChoiceOf(decision, endpointIndex, byAffinity);
        return [.. Dispatch(Lookups(work.Lookups - choice)), .. External(), .. Choice(endpointIndex, byAffinity, Lookups(choice))];
    }

    private IEnumerable<RuleStep> Dispatch(Work work)
    {
        bool isNodePort = decision.Frontend == FrontendKind.NodePort;
        if (decision.Frontend == FrontendKind.LoadBalancer && !decision.Port!.SourceRanges.IsEmpty)
            yield return new RuleStep(_text.Firewall, _text.FirewallDrop(), "the source is in a range that is allowed", default);
        yield return new RuleStep(
            isNodePort ? "map service-nodeports" : "map service-ips",
            _text.Dispatch(decision.Frontend, packet.Destination),
            isNodePort ? "found by protocol and port, after the address itself was looked for" : "found by address, protocol and port",
            work);
    }

    private IEnumerable<RuleStep> External()
    {
        RuleStep At(string rule, string meaning) => new(_text.External, rule, meaning, default);
        if (decision.Frontend == FrontendKind.ClusterIP)
            yield break;
        if (!decision.Port!.IsExternallyLocal)
        {
            yield return At(NftablesText.MasqueradeExternal, "external traffic is marked for masquerading");
            yield return At(_text.ExternalToAll(), "policy Cluster: any endpoint");
        }
        else if (snapshot.Node.IsFromPod(packet))
            yield return At(_text.ExternalFromPods(), "a pod is not outside: any endpoint, its address kept");
        else if (snapshot.Node.IsFromNode(packet))
        {
            yield return At(NftablesText.MasqueradeNode, "traffic of the node itself is marked for masquerading");
            yield return At(_text.ExternalFromNode(), "the node is not outside: any endpoint");
        }
        else
            yield return At(_text.ExternalToLocal(), "policy Local: endpoints of this node only, the client's address kept");
    }

    private IEnumerable<RuleStep> Choice(int index, bool byAffinity, Work work)
    {
        EndpointEntry endpoint = decision.Endpoints[index];
        string chain = IsLocalChoice() ? _text.Local : _text.Service;
        string ending = _text.EndpointOf(endpoint);
        if (decision.Frontend == FrontendKind.ClusterIP && decision.Masquerade && _text.MasqueradeInternal() is { } mark)
            yield return new RuleStep(chain, mark, "the source is no pod: marked for masquerading", default);
        yield return byAffinity
            ? new RuleStep(chain, _text.Returning(endpoint), "the client is known here", work)
            : new RuleStep(chain, _text.Choice(decision.Endpoints), $"endpoint {index + 1} of {decision.Endpoints.Count}", work);
        if (endpoint.Address == packet.Source)
            yield return new RuleStep(ending, _text.Hairpin(endpoint), "the pod reaches itself: marked for masquerading", default);
        yield return new RuleStep(ending, _text.Translation(endpoint), "the destination becomes the endpoint", new Work(0, 0, 0, Translated: true));
        if (decision.IsMasqueraded(packet, index))
            yield return new RuleStep("masquerading", NftablesRules.Masquerade, "the source becomes an address of the node", default);
    }

    private bool IsLocalChoice() => decision.Frontend == FrontendKind.ClusterIP
        ? decision.Port!.IsInternallyLocal
        : decision.Port!.IsExternallyLocal && !snapshot.Node.IsFromPod(packet) && !snapshot.Node.IsFromNode(packet);

    private RuleStep Ending(Work work) => decision.Reason switch
    {
        DecisionReason.NoEndpoints or DecisionReason.NoLocalEndpoints => new RuleStep(
            decision.Frontend == FrontendKind.NodePort ? "map no-endpoint-nodeports" : "map no-endpoint-services",
            _text.Refusal(decision.Frontend, packet.Destination),
            decision.Verdict == Verdict.Reject ? "no endpoint anywhere: the client gets a refusal at once" : "no endpoint on this node: the packet vanishes",
            work),
        DecisionReason.SourceNotAllowed =>
            new RuleStep(_text.Firewall, _text.FirewallDrop(), "the source is in no range that is allowed: the packet vanishes", work),
        DecisionReason.UndefinedPort =>
            new RuleStep("cluster-ips-check", NftablesRules.RejectUndefinedPort(_ip), "a cluster IP that does not have this port", work),
        DecisionReason.UnallocatedAddress => new RuleStep(
            "cluster-ips-check", new NftablesRules(snapshot, decision.Family).DropUnallocated()!, "no Service owns the address: the packet vanishes", work),
        _ => new RuleStep("services", "", "no map holds the destination: routing decides", work),
    };

    private static Work Lookups(int count) => new(0, 0, count, Translated: false);
}
