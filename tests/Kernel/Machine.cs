using NUnit.Framework;

namespace KubeNetSim.Tests.Kernel;

/// <summary>
/// Whether this machine lets the tests ask its kernel. Where it withholds the right, or the kernel lacks a part, they are skipped and say
/// so; what CI installs must be there in CI.
/// </summary>
internal static class Machine
{
    /// <summary>Goes on only where rules can be loaded into namespaces.</summary>
    public static void MustRun(Backend backend)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Assert.Ignore("network namespaces need Linux and the rights of root");
        foreach (string program in (string[])["ip", .. backend.Restore])
            MustHave(program);
        using NetworkNamespace trial = Namespace();
        (int code, string output) = trial.TryCommand(backend.Restore[0], backend == Backend.Nftables ? "-f -" : "",
            backend == Backend.Nftables ? "table ip trial { }\n" : "*nat\nCOMMIT\n");
        if (code != 0)
            Assert.Ignore($"this kernel has no {backend}: {output.Trim()}");
    }

    private static void MustHave(string program)
    {
        if (Tools.Find(program) is not null)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{program} is not installed");
        Assert.Ignore($"{program} is not installed");
    }

    private static NetworkNamespace Namespace()
    {
        try
        {
            return new NetworkNamespace();
        }
        catch (InvalidOperationException exception)
        {
            Assert.Ignore($"this machine gives nobody a network namespace: {exception.Message}");
            throw;
        }
    }
}
