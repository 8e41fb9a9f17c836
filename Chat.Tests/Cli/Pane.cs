using Chat.Tests.Support;

namespace Chat.Tests.Cli;

/// <summary>A real terminal, by tmux: keys are pressed in it, and its screen is read.</summary>
internal sealed class Pane : IAsyncDisposable
{
    private readonly string _server = $"chat-{Guid.NewGuid():N}";
    private readonly Shell _shell;

    private Pane(Shell shell) => _shell = shell;

    /// <param name="command">What runs in it; a shell unless said otherwise.</param>
    public static async Task<Pane> Open(Shell shell, int columns = 80, int rows = 24, string? command = null)
    {
        Pane pane = new(shell);
        await pane.Tmux("new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", "-c", shell.Folder, command is null ? "PS1='$ ' exec bash --norc" : $"{command}; echo ended $?; exec cat");
        return pane;
    }

    /// <summary>Types text as it stands, then presses the keys that tmux calls by these names.</summary>
    public async Task Type(string text, params string[] keys)
    {
        if (text.Length > 0) await Tmux("send-keys", "-l", text);
        if (keys.Length > 0) await Tmux(["send-keys", .. keys]);
    }

    public Task Press(params string[] keys) => Type("", keys);

    public async Task Paste(string text)
    {
        await Tmux("set-buffer", text);
        await Tmux("paste-buffer", "-p");
    }

    public Task Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>What stands on the screen.</summary>
    public Task<string> Screen() => Tmux("capture-pane", "-p");

    public Task Shows(string text) => Shows(screen => screen.Contains(text, StringComparison.Ordinal), text);

    public async Task Shows(Func<string, bool> condition, string hope)
    {
        var screen = "";
        try
        {
            await Eventually.Is(async () => condition(screen = await Screen()), "", TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Hoped in vain for \"{hope}\" on the screen:\n{screen}");
        }
    }

    /// <summary>A signal to the program, whatever runs it.</summary>
    public async Task Signal(string name) =>
        await Command.Run(_shell.Folder, "pkill", $"-{name}", "-t", (await Tmux("display-message", "-p", "#{s|/dev/||:pane_tty}")).Trim(), "-x", "dotnet|chat");

    // It has ended by itself where what ran in it did.
    public async ValueTask DisposeAsync() => await Command.Run(_shell.Folder, "sh", "-c", $"tmux -L {_server} kill-server 2> /dev/null || true");

    // What runs in the terminal has the variables of tmux, but for TERM.
    private Task<string> Tmux(params string[] arguments) =>
        Command.Run(_shell.Folder, "env", [.. _shell.Variables.Select(one => $"{one.Key}={one.Value}"), "SHELL=/bin/bash", "tmux", "-u", "-L", _server, "-f", "/dev/null", .. arguments]);
}
