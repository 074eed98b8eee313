using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>--external-host</c>: hosts outside the cluster that exist, besides those that the files name.</summary>
internal sealed class ExternalHostOption : Option<string[]>
{
    public ExternalHostOption() : base("--external-host")
    {
        Description = "A host outside the cluster that exists, for example api.example.com or '*.example.com'. Can be given several times.";
        HelpName = "HOST";
        DefaultValueFactory = _ => [];
    }

    /// <summary>The network with these hosts; false, with a message, where one of them is no host name.</summary>
    public bool TryRead(ParseResult parsed, NetworkProfile network, out NetworkProfile extended, CommandConsole console)
    {
        string[] hosts = parsed.GetRequiredValue(this);
        extended = network with { ExternalHosts = network.ExternalHosts.AddRange(hosts.Select(host => host.TrimEnd('.'))) };
        if (Array.Find(hosts, host => !Notation.IsHostName(host)) is not { } wrong)
            return true;
        ProblemWriter.WriteUsage($"--external-host '{wrong}' is no host name: write api.example.com or '*.example.com'", console);
        return false;
    }
}
