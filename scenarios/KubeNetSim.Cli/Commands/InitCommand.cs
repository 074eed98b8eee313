using System.CommandLine;
using System.Reflection;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>init</c>: writes a sample out, so that a newcomer has something to run and to change.</summary>
internal sealed class InitCommand : TaughtCommand
{
    private const string FirstSample = "service-types";
    private const string SchemaOfSamples = "../../docs/" + DocumentSchema.FileName;
    private const string ResourcePrefix = "samples/";

    private readonly CommandConsole _console;

    public InitCommand(CommandConsole console) : base("init", "Write a sample with its README, to run and to change.")
    {
        _console = console;
        Argument<string> sample = new("SAMPLE") { Description = $"Which sample: {string.Join(", ", SampleFiles().Keys)}.", HelpName = "SAMPLE", DefaultValueFactory = _ => FirstSample };
        sample.AcceptOnlyFromAmong([.. SampleFiles().Keys]);
        Argument<string?> folder = new("DIR")
        {
            Description = "Where to; a folder named like the sample if left out. Files that exist are never overwritten.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Arguments.Add(sample);
        Arguments.Add(folder);
        SetAction(parsed => Write(parsed.GetRequiredValue(sample), parsed.GetValue(folder) ?? parsed.GetRequiredValue(sample)));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim init                          the first sample, into ./service-types
          kubenetsim init service-types my-trial   the same into ./my-trial
        """;

    private int Write(string sample, string folder)
    {
        (string Resource, string Path)[] files =
            [.. SampleFiles()[sample].Select(file => (ResourcePrefix + sample + "/" + file, Path.Combine(folder, file)))];
        string[] taken = [.. files.Select(file => file.Path).Where(File.Exists)];
        if (taken.Length > 0)
        {
            ProblemWriter.WriteUsage($"{string.Join(", ", taken)}: already there, and nothing was written; name another folder", _console);
            return ExitCodes.BadInput;
        }
        foreach ((string resource, string path) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using StreamReader content = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
            using StreamWriter target = new(new FileStream(path, FileMode.CreateNew));
            // The schema that editors complete fields by lies beside the sample.
            target.Write(content.ReadToEnd().Replace(SchemaOfSamples, DocumentSchema.FileName, StringComparison.Ordinal));
            _console.Output.WriteLine($"wrote {path}");
        }
        WholeFile.Write(Path.Combine(folder, DocumentSchema.FileName), DocumentSchema.Text());
        _console.Output.WriteLine($"Next: kubenetsim run {folder}");
        return ExitCodes.Done;
    }

    private static SortedDictionary<string, List<string>> SampleFiles()
    {
        SortedDictionary<string, List<string>> samples = new(StringComparer.Ordinal);
        foreach (string resource in Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            string[] parts = resource.Split('/', 3);
            if (parts.Length != 3 || parts[0] + "/" != ResourcePrefix)
                continue;
            if (!samples.TryGetValue(parts[1], out List<string>? files))
                samples[parts[1]] = files = [];
            files.Add(parts[2]);
        }
        return samples;
    }
}
