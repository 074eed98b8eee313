using System.Globalization;
using System.Text;

namespace KubeNetSim.Tests.Cli;

/// <summary>A folder of manifests as careful people write them: 20 teams, each with web servers, workers, a database and agents on every node.</summary>
internal static class GoodFolder
{
    private const int Teams = 20;
    private const int ServersPerTeam = 22;

    /// <summary>Writes the folder; returns how many documents it holds.</summary>
    public static int Write(string folder)
    {
        List<string> files = [.. Enumerable.Range(1, Teams).Select(Team), Cluster];
        int documents = 0;
        for (int number = 0; number < files.Count; number++)
        {
            documents += files[number].Split("\n---\n").Length;
            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D2}.yaml")), files[number]);
        }
        return documents;
    }

    private static string Team(int number)
    {
        string team = string.Create(CultureInfo.InvariantCulture, $"team-{number}");
        StringBuilder text = new($"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {team}, labels: {{owner: {team}}}}}\n");
        for (int server = 0; server < ServersPerTeam; server++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"server-{server}");
            text.Append("---\n").Append(Pods("Deployment", team, name, "  replicas: 3\n"));
            text.Append("---\n").Append(Service(team, name, (server % 4) switch
            {
                0 => "  type: ClusterIP\n",
                1 => "  type: NodePort\n",
                2 => "  trafficDistribution: PreferSameZone\n",
                _ => "  sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 600}}\n",
            }));
        }
        text.Append("---\n").Append(Pods("StatefulSet", team, "database", "  replicas: 3\n  serviceName: database\n"));
        text.Append("---\n").Append(Service(team, "database", "  clusterIP: None\n"));
        text.Append("---\n").Append(Pods("DaemonSet", team, "agent", ""));
        text.Append("---\n").Append(Service(team, "agent", "  internalTrafficPolicy: Local\n"));
        return text.Append(number > 1 ? "---\n" + Service(team, "outside", "  type: LoadBalancer\n  externalTrafficPolicy: Local\n", "agent") : "").ToString();
    }

    private static string Pods(string kind, string team, string name, string spec) => """
        apiVersion: apps/v1
        kind: KIND
        metadata: {name: NAME, namespace: TEAM, labels: {app.kubernetes.io/name: NAME}}
        spec:
        SPEC  selector: {matchLabels: {app.kubernetes.io/name: NAME}}
          template:
            metadata: {labels: {app.kubernetes.io/name: NAME}}
            spec:
              terminationGracePeriodSeconds: 40
              topologySpreadConstraints:
              - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app.kubernetes.io/name: NAME}}}
              containers:
              - name: main
                image: registry.example.com/NAME:1.4.2
                ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]
                readinessProbe: {httpGet: {path: /ready, port: http}}
                lifecycle: {preStop: {sleep: {seconds: 10}}}
                resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}

        """.Replace("KIND", kind, StringComparison.Ordinal).Replace("SPEC", spec, StringComparison.Ordinal)
        .Replace("NAME", name, StringComparison.Ordinal).Replace("TEAM", team, StringComparison.Ordinal);

    private static string Service(string team, string name, string spec, string? selected = null) => """
        apiVersion: v1
        kind: Service
        metadata: {name: NAME, namespace: TEAM, labels: {app.kubernetes.io/name: NAME}}
        spec:
        SPEC  selector: {app.kubernetes.io/name: SELECTED}
          ports:
          - {name: http, port: PORT, targetPort: http}
          - {name: metrics, port: 9090, targetPort: metrics}

        """.Replace("SPEC", spec, StringComparison.Ordinal).Replace("SELECTED", selected ?? name, StringComparison.Ordinal)
        .Replace("PORT", spec.Contains("None", StringComparison.Ordinal) ? "8080" : "80", StringComparison.Ordinal)
        .Replace("NAME", name, StringComparison.Ordinal).Replace("TEAM", team, StringComparison.Ordinal);

    private const string Cluster = """
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: good}
        spec:
          cluster: {nodes: 30, zones: [a, b, c], cloud: gcp, kubeProxy: {mode: nftables}}

        """;
}
