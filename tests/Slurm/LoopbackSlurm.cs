using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace KubeNetSim.Tests.Slurm;

/// <summary>A Slurm cluster of this machine alone: munged, slurmctld and slurmd with files of their own in a temporary folder, and ports of their own on loopback.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class LoopbackSlurm : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo"];
    private static readonly string[] LogFiles = ["munge/log", "slurmctld.log", "slurmd.log"];

    private readonly string _folder = Directory.CreateTempSubdirectory("kubenetsim-slurm-").FullName;
    private readonly List<Process> _daemons = [];

    /// <summary>Why there can be no such cluster here; null where there can.</summary>
    public static string? Obstacle() =>
        !OperatingSystem.IsLinux() ? "Slurm runs on Linux"
        : Programs.FirstOrDefault(program => Find(program) is null) is { } missing ? $"{missing} is not installed (Debian: slurm-wlm, munge)"
        : Environment.UserName != "root" ? "slurmd must be started by root"
        : null;

    /// <summary>Starts the daemons, and waits until the node takes jobs.</summary>
    public LoopbackSlurm()
    {
        foreach (string folder in (string[])["munge", "state", "spool"])
            Directory.CreateDirectory(At(folder));
        // munged asks for a folder that only its owner writes to and for a key that only its owner reads.
        File.WriteAllBytes(At("munge/key"), RandomNumberGenerator.GetBytes(128));
        File.SetUnixFileMode(At("munge/key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.WriteAllText(At("slurm.conf"), Configuration());
        Start("munged", "--foreground", $"--key-file={At("munge/key")}", $"--socket={At("munge/socket")}", $"--pid-file={At("munge/pid")}",
            $"--log-file={At("munge/log")}", $"--seed-file={At("munge/seed")}", "--num-threads=2");
        WaitFor(() => File.Exists(At("munge/socket")), "munged");
        Start("slurmctld", "-D", "-f", At("slurm.conf"));
        Start("slurmd", "-D", "-f", At("slurm.conf"), "-N", Node);
        WaitFor(() => Run("sinfo", "--noheader", "--format=%T").Trim() == "idle", "slurmctld and slurmd");
    }

    private static string Node => Environment.MachineName.Split('.')[0];

    /// <summary>Runs a program as a user of this cluster would.</summary>
    /// <returns>What it printed.</returns>
    public string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(Information(program, arguments))!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{errors.Result}";
    }

    /// <summary>Waits until no job waits or runs.</summary>
    public void WaitForJobs() => WaitFor(() => Run("squeue", "--noheader").Trim().Length == 0, "the jobs");

    public void Dispose()
    {
        _daemons.Reverse();
        foreach (Process daemon in _daemons)
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private string At(string name) => Path.Combine(_folder, name);

    // Nothing that needs systemd or cgroups, so that it runs in a container, too.
    private string Configuration() =>
        $"""
        ClusterName=loopback
        SlurmctldHost={Node}(127.0.0.1)
        SlurmctldPort=36817
        SlurmdPort=36818
        SlurmUser=root
        AuthType=auth/munge
        AuthInfo=socket={At("munge/socket")}
        StateSaveLocation={At("state")}
        SlurmdSpoolDir={At("spool")}
        SlurmctldPidFile={At("slurmctld.pid")}
        SlurmdPidFile={At("slurmd.pid")}
        SlurmctldLogFile={At("slurmctld.log")}
        SlurmdLogFile={At("slurmd.log")}
        ProctrackType=proctrack/pgid
        TaskPlugin=task/none
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        MpiDefault=none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core
        SchedulerParameters=batch_sched_delay=0,sched_interval=1
        NodeName={Node} NodeAddr=127.0.0.1 CPUs={Environment.ProcessorCount} State=UNKNOWN
        PartitionName=loopback Nodes={Node} Default=YES MaxTime=INFINITE State=UP

        """;

    private void Start(string daemon, params string[] arguments)
    {
        Process process = Process.Start(Information(daemon, arguments))!;
        // Their words go to their log files as well; a full pipe would stop them.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _daemons.Add(process);
    }

    private ProcessStartInfo Information(string program, string[] arguments) => new(Find(program)!, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["SLURM_CONF"] = At("slurm.conf") },
    };

    private void WaitFor(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"{what} did not come to an end in {Patience}. {Logs()}");
            Thread.Sleep(200);
        }
    }

    private string Logs() => string.Join("\n", LogFiles.Select(At).Where(File.Exists).Select(File.ReadAllText));

    private static string? Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Concat(["/usr/sbin", "/usr/local/sbin"])
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
