using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary>
/// <c>completions</c>: prints a shell script that completes command lines by asking <c>kubenetsim [suggest:POSITION] LINE</c>, the
/// directive that System.CommandLine answers.
/// </summary>
internal sealed class CompletionsCommand : TaughtCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] =
            """
            _kubenetsim() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -o default -W "$(kubenetsim "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _kubenetsim kubenetsim
            """,
        ["zsh"] =
            """
            #compdef kubenetsim
            _kubenetsim() {
              local -a suggestions
              suggestions=("${(@f)$(kubenetsim "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a suggestions
              _files
            }
            compdef _kubenetsim kubenetsim
            """,
        ["fish"] =
            """
            complete -c kubenetsim -a '(kubenetsim "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
            """,
        ["powershell"] =
            """
            Register-ArgumentCompleter -Native -CommandName kubenetsim -ScriptBlock {
              param($word, $line, $position)
              kubenetsim "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" }
            }
            """,
    };

    public CompletionsCommand(CommandConsole console) : base("completions", "Print a script that completes command lines in a shell.")
    {
        Argument<string> shell = new("SHELL") { Description = "Which shell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Arguments.Add(shell);
        SetAction(parsed => console.Output.WriteLine(Scripts[parsed.GetRequiredValue(shell)]));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          source <(kubenetsim completions bash)                                          in ~/.bashrc
          source <(kubenetsim completions zsh)                                           in ~/.zshrc
          kubenetsim completions fish > ~/.config/fish/completions/kubenetsim.fish       once
        """;
}
