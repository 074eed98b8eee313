using System.Reflection;

namespace KubeNetSim.Experiments;

/// <summary>The version of the simulator.</summary>
public static class ProgramVersion
{
    /// <summary>The version, with the commit that it was built from.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
