using System.Diagnostics;

namespace KubeNetSim.Tests.Cli;

/// <summary>The command as a process of its own, to be killed and interrupted.</summary>
internal static class KubenetsimProcess
{
    /// <summary>Starts it.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        // Whoever runs tests in the background may have them ignore SIGINT, and a child inherits that; env takes it back.
        IEnumerable<string> command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "kubenetsim.dll"), .. arguments];
        if (OperatingSystem.IsLinux())
            command = ["env", "--default-signal=INT", .. command];
        ProcessStartInfo start = new(command.First(), command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params IEnumerable<string> arguments)
    {
        using Process process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<(int Code, string Output, string Error)> EndAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
