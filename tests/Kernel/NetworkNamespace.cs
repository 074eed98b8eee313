using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubeNetSim.Tests.Kernel;

/// <summary>
/// A network namespace of the kernel without a name: it lives as long as its handle, so nothing is left behind however a test ends. Work
/// is done in it by threads that enter it; the sockets and processes that they make stay in it.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    // CLONE_NEWNET of linux/sched.h.
    private const int NewNetwork = 0x40000000;

    private readonly SafeFileHandle _handle;

    /// <summary>Makes one, with loopback up.</summary>
    /// <exception cref="InvalidOperationException">The kernel does not let this process have one.</exception>
    public NetworkNamespace()
    {
        _handle = OnThread(() =>
        {
            Check(unshare(NewNetwork), "unshare");
            return File.OpenHandle("/proc/thread-self/ns/net");
        });
        Command("ip", "link set lo up");
    }

    /// <summary>A path by which <c>ip</c> finds it.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}";

    /// <summary>Does something inside.</summary>
    public T Run<T>(Func<T> work) => OnThread(() =>
    {
        Check(setns((int)_handle.DangerousGetHandle(), NewNetwork), "setns");
        return work();
    });

    /// <summary>Runs a program inside and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public string Command(string program, string arguments, string input = "")
    {
        (int code, string output) = TryCommand(program, arguments, input);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {arguments}: {output}\n{input}");
    }

    /// <summary>Runs a program inside; its exit code, and all that it printed.</summary>
    public (int Code, string Output) TryCommand(string program, string arguments, string input = "") => Run(() =>
    {
        using Process process = Process.Start(new ProcessStartInfo(Tools.Find(program)!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    });

    /// <summary>Sets a switch of the kernel, such as net.ipv4.ip_forward.</summary>
    public void Set(string name, string value) => Run(() =>
    {
        File.WriteAllText("/proc/sys/" + name.Replace('.', '/'), value);
        return true;
    });

    public void Dispose() => _handle.Dispose();

    // Threads end with what they have entered, so none of the pool may do this.
    private static T OnThread<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or SystemException)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private static void Check(int result, string call)
    {
        if (result != 0)
            throw new InvalidOperationException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int unshare(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int setns(int handle, int kind);
}
