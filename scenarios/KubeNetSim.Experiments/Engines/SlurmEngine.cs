namespace KubeNetSim.Experiments.Engines;

/// <summary>
/// Slurm: an array job with a task for each share, and a job that joins the shares after the last of them (slurm.schedmd.com/job_array.html,
/// slurm.schedmd.com/sbatch.html). Program, sweep and results must lie where all nodes see them under the same path.
/// </summary>
public static class SlurmEngine
{
    /// <summary>Its client.</summary>
    public const string Client = "sbatch";

    private const string ArrayFile = "array.sbatch";
    private const string MergeFile = "merge.sbatch";

    /// <summary>What it needs.</summary>
    public static EngineFiles Files(Submission submission)
    {
        string folder = Path.Combine(submission.Results, "slurm");
        return new EngineFiles(folder, [(ArrayFile, ArrayJob(submission, folder)), (MergeFile, MergeJob(submission, folder))], [],
        [
            $"job=$(sbatch --parsable {Shell.Quote(Path.Combine(folder, ArrayFile))})",
            $"sbatch --dependency=afterok:$job {Shell.Quote(Path.Combine(folder, MergeFile))}",
        ]);
    }

    /// <summary>Submits both jobs.</summary>
    /// <returns>What to tell the user.</returns>
    /// <exception cref="IOException">The client refused.</exception>
    public static string Submit(EngineFiles files, EngineClient client)
    {
        // A federation answers JOB;CLUSTER.
        string array = client.Run("--parsable", Path.Combine(files.Folder, ArrayFile)).Split(';')[0];
        string merge = client.Run("--parsable", $"--dependency=afterok:{array}", Path.Combine(files.Folder, MergeFile)).Split(';')[0];
        return $"submitted job {array}, and job {merge}, which joins its shares; `squeue --job {array},{merge}` shows them";
    }

    private static string ArrayJob(Submission submission, string folder) =>
        $"""
        #!/bin/bash
        # Runs the sweep {submission.Name} in {submission.Tasks} shares. The #SBATCH lines are yours to change; SBATCH_PARTITION, SBATCH_TIMELIMIT and their like are honored.
        #SBATCH --job-name={submission.Name}
        #SBATCH --array=1-{submission.Tasks}
        #SBATCH --cpus-per-task={submission.Cpus}
        #SBATCH --output="{folder}/share-%a.log"
        #SBATCH --open-mode=append
        # A task whose node fails is queued again, and goes on with the points that it has stored.
        #SBATCH --requeue
        exec {Shell.ThisProgram()} sweep {Shell.Quote(submission.Sweep)} \
          --shard "$SLURM_ARRAY_TASK_ID/{submission.Tasks}" --jobs {submission.Cpus}{(submission.Prices is { } prices ? $" --prices {Shell.Quote(prices)}" : "")} \
          --out {Shell.Quote(Shares(submission))}/"$SLURM_ARRAY_TASK_ID"

        """;

    private static string MergeJob(Submission submission, string folder) =>
        $$"""
        #!/bin/bash
        # Joins the shares of the sweep {{submission.Name}}: submit it with --dependency=afterok:JOB.
        #SBATCH --job-name={{submission.Name}}-merge
        #SBATCH --output="{{folder}}/merge.log"
        exec {{Shell.ThisProgram()}} sweep merge {{Shell.Quote(Shares(submission))}}/{1..{{submission.Tasks}}} --out {{Shell.Quote(submission.Results)}}

        """;

    private static string Shares(Submission submission) => Path.Combine(submission.Results, "shares");
}
