using Chat.Tests.Support;

namespace Chat.Tests.Cli;

/// <summary>A real server, and three who use the program: ann and bob are in #ops.</summary>
public sealed class Town : IAsyncLifetime
{
    private readonly List<Shell> _shells = [];

    internal ServerProcess Server { get; private set; } = null!;
    internal Shell Ann { get; private set; } = null!;
    internal Shell Bob { get; private set; } = null!;
    internal Shell Cyd { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ServerProcess.Start("--RateLimits:Enabled=false", "--Login:PasswordIterations=1000");
        Ann = await NewUser("ann");
        Bob = await NewUser("bob");
        Cyd = await NewUser("cyd");
        await Ann.Output("chat start Operations @bob --open ops; chat start Plans @bob @cyd");
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        foreach (var shell in _shells) shell.Dispose();
    }

    /// <summary>A shell in which nobody has logged in.</summary>
    internal Shell NewShell()
    {
        Shell shell = new(Server.Url);
        _shells.Add(shell);
        return shell;
    }

    internal async Task<Shell> NewUser(string userName)
    {
        var shell = await Shell.Of(userName, Server.Url);
        _shells.Add(shell);
        return shell;
    }
}
