using System.Collections.Immutable;
using System.Reflection;

namespace KubeNetSim.Experiments.Engines;

/// <summary>
/// Kubernetes: an Indexed Job with an index for each share, a Job that joins the shares, and a Containerfile for the image that both run
/// (kubernetes.io/docs/concepts/workloads/controllers/job, completion mode Indexed). Shares meet on a volume that many pods can write to.
/// </summary>
public static class KubernetesEngine
{
    /// <summary>Its client.</summary>
    public const string Client = "kubectl";

    private const string JobFile = "job.yaml";
    private const string MergeFile = "merge.yaml";
    private const string Input = "input";

    // The user without rights that Microsoft's .NET images bring (APP_UID).
    private const int User = 1654;

    /// <summary>What it needs.</summary>
    /// <param name="submission">What to run.</param>
    /// <param name="image">The image, as nodes pull it.</param>
    /// <param name="claim">Name of the PersistentVolumeClaim for the results.</param>
    public static EngineFiles Files(Submission submission, string image, string claim)
    {
        string folder = Path.Combine(submission.Results, "kubernetes");
        string root = CommonFolder(submission.Inputs);
        string InImage(string file) => Shell.Quote($"/{Input}/{Path.GetRelativePath(root, file).Replace('\\', '/')}");
        string prices = submission.Prices is { } sheet ? $" --prices {InImage(sheet)}" : "";
        string results = $"/results/{submission.Name}";
        // Indices count from 0, shares from 1.
        string share = $"share=$((JOB_COMPLETION_INDEX + 1)); exec dotnet /app/kubenetsim.dll sweep {InImage(submission.Sweep)} --shard $share/{submission.Tasks} --jobs {submission.Cpus}{prices} --out {results}/shares/$share";
        string merge = $"exec dotnet /app/kubenetsim.dll sweep merge {results}/shares/* --out {results}";
        return new EngineFiles(folder,
            [
                ("Containerfile", Containerfile(image)),
                (JobFile, Job(submission.Name, $"\n  completionMode: Indexed\n  completions: {submission.Tasks}\n  parallelism: {submission.Tasks}", share, image, claim, submission.Cpus)),
                (MergeFile, Job(submission.Name + "-merge", "", merge, image, claim, 1)),
            ],
            [.. submission.Inputs.Select(file => (file, Path.Combine(Input, Path.GetRelativePath(root, file))))],
            [
                $"podman build --build-context source=CLONE_OF_KUBENETSIM --tag {image} {Shell.Quote(folder)} && podman push {image}",
                $"kubectl apply --filename {Shell.Quote(Path.Combine(folder, JobFile))}",
                $"kubectl wait --for=condition=complete --timeout=-1s job/{submission.Name}",
                $"kubectl apply --filename {Shell.Quote(Path.Combine(folder, MergeFile))}",
            ]);
    }

    /// <summary>Submits the job; its shares are joined by hand, because Kubernetes knows no job that waits for another.</summary>
    /// <returns>What to tell the user.</returns>
    /// <exception cref="IOException">The client refused.</exception>
    public static string Submit(EngineFiles files, EngineClient client) =>
        $"{client.Run("apply", "--filename", Path.Combine(files.Folder, JobFile))}; when it is complete:\n  {files.ByHand[^2]}\n  {files.ByHand[^1]}";

    private static string Job(string name, string indexed, string command, string image, string claim, int cpus) =>
        $$"""
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: {{name}}
          labels: {app.kubernetes.io/name: kubenetsim}
        spec:{{indexed}}
          # A pod that fails is started again, and goes on with the points that it has stored.
          backoffLimit: 12
          template:
            metadata:
              labels: {app.kubernetes.io/name: kubenetsim}
            spec:
              restartPolicy: OnFailure
              automountServiceAccountToken: false
              securityContext:
                runAsNonRoot: true
                runAsUser: {{User}}
                runAsGroup: {{User}}
                fsGroup: {{User}}
                seccompProfile: {type: RuntimeDefault}
              containers:
              - name: kubenetsim
                image: {{image}}
                command: [sh, -c]
                args:
                - |-
                  {{command}}
                env:
                # The runtime's diagnostics need a file system that can be written to.
                - {name: DOTNET_EnableDiagnostics, value: "0"}
                resources:
                  requests: {cpu: "{{cpus}}", memory: 1Gi}
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities: {drop: [ALL]}
                volumeMounts:
                - {name: results, mountPath: /results}
              volumes:
              - name: results
                persistentVolumeClaim:
                  claimName: {{claim}}

        """;

    private static string Containerfile(string image) =>
        $"""
        # The program and the sweep's files:
        #   podman build --build-context source=CLONE_OF_KUBENETSIM --tag {image} FOLDER_OF_THIS_FILE
        FROM mcr.microsoft.com/dotnet/sdk:{BuiltWith("Sdk")} AS build
        COPY --from=source . /source
        RUN dotnet publish /source/scenarios/KubeNetSim.Cli --configuration Release --output /app

        FROM mcr.microsoft.com/dotnet/runtime:{BuiltWith("Runtime")}
        COPY --from=build /app /app
        COPY {Input} /{Input}
        USER {User}
        ENTRYPOINT ["dotnet", "/app/kubenetsim.dll"]

        """;

    // The versions that this program itself was built with.
    private static string BuiltWith(string what) =>
        typeof(KubernetesEngine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == what).Value!;

    private static string CommonFolder(ImmutableArray<string> files)
    {
        string folder = Path.GetDirectoryName(files[0])!;
        while (files.Any(file => Path.GetRelativePath(folder, file).StartsWith("..", StringComparison.Ordinal)))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
