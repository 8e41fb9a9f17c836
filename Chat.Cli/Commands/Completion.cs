using System.CommandLine;
using System.Text;

namespace Chat.Cli.Commands;

/// <summary>Scripts for shells, written from the commands themselves: they need no server and no start of this program at each press of Tab.</summary>
internal static class Completion
{
    public static string For(string shell, RootCommand root) => shell switch
    {
        "bash" => Bash(root),
        "zsh" => Zsh(root),
        _ => Fish(root),
    };

    private static string Bash(RootCommand root)
    {
        StringBuilder cases = new();
        foreach (var command in root.Subcommands) cases.Append($"    {command.Name}) words=\"{Join(Words(command))}\" ;;\n");
        return $$"""
            _chat() {
              local command='' word words
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case $word in -*) ;; *) command=$word; break ;; esac
              done
              case $command in
            {{cases}}    *) words="{{Join([.. Names(root), .. Options(root)])}}" ;;
              esac
              COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _chat chat

            """;
    }

    private static string Zsh(RootCommand root)
    {
        StringBuilder commands = new();
        StringBuilder cases = new();
        foreach (var command in root.Subcommands)
        {
            commands.Append($"    '{command.Name}:{Quoted(command.Description)}'\n");
            cases.Append($"    {command.Name}) compadd -- {Join(Words(command))} ;;\n");
        }
        return $$"""
            #compdef chat
            _chat() {
              local -a commands
              commands=(
            {{commands}}  )
              if (( CURRENT == 2 )); then
                _describe command commands
                compadd -- {{Join(Options(root))}}
                return
              fi
              case ${words[2]} in
            {{cases}}  esac
            }
            compdef _chat chat

            """;
    }

    private static string Fish(RootCommand root)
    {
        StringBuilder lines = new("complete -c chat -f\n");
        foreach (var command in root.Subcommands)
        {
            lines.Append($"complete -c chat -n __fish_use_subcommand -a {command.Name} -d '{Quoted(command.Description)}'\n");
            foreach (var option in command.Options) Add(option, $"-n '__fish_seen_subcommand_from {command.Name}' ");
            foreach (var value in Values(command)) lines.Append($"complete -c chat -n '__fish_seen_subcommand_from {command.Name}' -a {value}\n");
        }
        foreach (var option in root.Options) Add(option, "");
        return lines.ToString();

        void Add(Option option, string where) => lines.Append($"complete -c chat {where}-l {option.Name.TrimStart('-')} -d '{Quoted(option.Description)}'\n");
    }

    private static IEnumerable<string> Names(RootCommand root) => root.Subcommands.Select(command => command.Name);

    private static IEnumerable<string> Options(Command command) => command.Options.Where(option => !option.Hidden).Select(option => option.Name);

    private static string[] Words(Command command) => [.. Values(command), .. Options(command), .. command.Parents.OfType<RootCommand>().SelectMany(Options).Where(name => name != "--version")];

    private static IEnumerable<string> Values(Command command) => command.Arguments.SelectMany(argument => argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty)).Select(item => item.Label);

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);

    private static string Quoted(string? text) => (text ?? "").Replace("'", "", StringComparison.Ordinal).Replace(":", " -", StringComparison.Ordinal);
}
