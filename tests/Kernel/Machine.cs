using NUnit.Framework;

namespace KubeNetSim.Tests.Kernel;

/// <summary>
/// Whether this machine lets the tests ask its kernel. Where it does not they are skipped and say why; in CI that is a failure, unless it
/// is the kernel itself that lacks something.
/// </summary>
internal static class Machine
{
    /// <summary>Goes on only where rules can be loaded into namespaces.</summary>
    public static void MustRun(Backend backend)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Lacks("network namespaces need Linux and the rights of root");
        foreach (string program in (string[])["ip", .. backend.Restore])
            if (Tools.Find(program) is null)
                Lacks($"{program} is not installed");
        using NetworkNamespace trial = Namespace();
        (int code, string output) = trial.TryCommand(backend.Restore[0], backend == Backend.Nftables ? "-f -" : "",
            backend == Backend.Nftables ? "table ip trial { }\n" : "*nat\nCOMMIT\n");
        if (code != 0)
            Assert.Ignore($"this kernel has no {backend}: {output.Trim()}");
    }

    /// <summary>Skips a test because of what the machine, not the kernel, lacks.</summary>
    public static void Lacks(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(what);
        Assert.Ignore(what);
    }

    private static NetworkNamespace Namespace()
    {
        try
        {
            return new NetworkNamespace();
        }
        catch (InvalidOperationException exception)
        {
            Lacks($"no network namespace can be made: {exception.Message}");
            throw;
        }
    }
}
