using System.CommandLine;

namespace Sampan.Commands;

/// <summary>`sampan completion`: scripts that ask the program itself what can follow.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _sampan() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(sampan "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _sampan sampan
        """;

    private const string Zsh = """
        #compdef sampan
        _sampan() {
            local -a words_found
            words_found=("${(@f)$(sampan "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- $words_found
        }
        compdef _sampan sampan
        """;

    private const string Fish = """
        complete -f -c sampan -a '(sampan "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script that completes sampan's words: source <(sampan completion bash)") { shell };
        command.SetAction(result => Console.WriteLine(result.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash }));
        return command;
    }
}
