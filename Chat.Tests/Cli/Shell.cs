using System.Diagnostics;

namespace Chat.Tests.Cli;

/// <summary>A user's shell, with a home of its own, in which the built program is called <c>chat</c>.</summary>
internal sealed class Shell : IDisposable
{
    public const string Password = "correct horse battery";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Chat.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Chat.Cli{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "chat.dll"));

    // The program that was built, unless another one is named: one that was published, say.
    private static readonly string Called = Environment.GetEnvironmentVariable("CHAT_PROGRAM") is { Length: > 0 } other ? $"'{other}'" : $"dotnet '{Program}'";

    private readonly string _bin;

    public Shell(string url)
    {
        Url = url;
        _bin = Directory.CreateDirectory(Path.Combine(Folder, "bin")).FullName;
        Directory.CreateDirectory(Home);
        var command = Path.Combine(_bin, "chat");
        File.WriteAllText(command, $"#!/bin/sh\nexec {Called} \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Url { get; }
    public string Folder { get; } = Directory.CreateTempSubdirectory("chat-shell-").FullName;
    public string Home => Path.Combine(Folder, "home");
    public string Credentials => Path.Combine(Home, ".config", "signalrchat", "credentials.json");

    // A machine that is busy with tests may need longer than a command waits unasked.
    public Dictionary<string, string> Variables => new()
    {
        ["CHAT_WAIT"] = "1",
        ["HOME"] = Home, ["PATH"] = $"{_bin}:{Environment.GetEnvironmentVariable("PATH")}", ["CHAT_URL"] = Url, ["TERM"] = "xterm-256color", ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>Somebody who has just registered, by the program itself.</summary>
    public static async Task<Shell> Of(string userName, string url)
    {
        Shell shell = new(url);
        (await shell.Run($"printf '{Password}\\n' | chat login --register --user {userName} --password-stdin")).ExitCode.Should().Be(0);
        return shell;
    }

    /// <summary>What a script of bash prints, and how it ends.</summary>
    public async Task<Ran> Run(string script)
    {
        using var process = Start(script);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await Task.WhenAll(process.WaitForExitAsync(), output, errors).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"It did not end: {script}");
        }
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>What it prints where it ends as it should.</summary>
    public async Task<string> Output(string script)
    {
        var ran = await Run(script);
        ran.ExitCode.Should().Be(0, "{0} said: {1}", script, ran.Errors);
        return ran.Output;
    }

    public Process Start(string script)
    {
        ProcessStartInfo start = new("bash", ["-c", script]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CHAT_", StringComparison.Ordinal) || name is "NO_COLOR" or "XDG_CONFIG_HOME").ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    // What was ended a moment ago may still be writing its last.
    public void Dispose()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
                return;
            }
            catch (IOException) when (tries < 100)
            {
                Thread.Yield();
            }
        }
    }
}

internal sealed record Ran(int ExitCode, string Output, string Errors);
