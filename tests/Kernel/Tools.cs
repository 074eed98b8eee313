namespace KubeNetSim.Tests.Kernel;

/// <summary>Programs of the system, also where the PATH leaves out those of the administrator.</summary>
internal static class Tools
{
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>Where a program is; null where it is not installed.</summary>
    public static string? Find(string program) =>
        Folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
