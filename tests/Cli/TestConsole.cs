using System.Text;

namespace KubeNetSim.Tests.Cli;

/// <summary>Runs the command line in this process and keeps what it printed.</summary>
internal sealed class TestConsole
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public string[] OutputLines => Output.TrimEnd('\n').Split('\n');

    public CommandConsole Console(string input = "", bool terminal = false, Dictionary<string, string>? environment = null) => new()
    {
        Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
        Output = new StringWriter(_output) { NewLine = "\n" },
        Error = new StringWriter(_error) { NewLine = "\n" },
        IsErrorTerminal = terminal,
        Environment = environment ?? [],
    };

    public Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, Console(), CancellationToken.None);

    public Task<int> RunWithInputAsync(string input, params string[] args) =>
        CommandLine.RunAsync(args, Console(input), CancellationToken.None);
}
