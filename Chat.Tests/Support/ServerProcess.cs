using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Chat.Tests.Support;

/// <summary>
/// The real server in a process of its own, with a data folder of its own. It can be stopped as an operator does it, killed as a power cut
/// does it, and started again at the same address on the same data.
/// </summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private const int Unavailable = 69;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<int, Process> Running = [];
    private static readonly string Program = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Chat.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Chat.Server{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "Chat.Server.dll"));

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-process-").FullName;
    private readonly TestStorage _storage;
    private readonly string[] _settings;
    private readonly Dictionary<string, string> _environment;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private Process? _process;
    private int _port;

    // A test run that is ended early leaves no server behind.
    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Values) process.Kill();
    };

    private ServerProcess(TestStorage storage, Dictionary<string, string> environment, string[] settings) =>
        (_storage, _environment, _settings) = (storage, environment, settings);

    /// <summary>Of the process that runs now.</summary>
    public int Id => _process!.Id;

    public string Url => $"http://127.0.0.1:{_port}";
    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Where the process was started; it has no business there.</summary>
    public string WorkingFolder => Path.Combine(_folder, "elsewhere");

    /// <summary>Lines of the standard output so far, of all starts.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Lines of the standard error output so far, of all starts.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>What the process holds now: bytes of memory, threads, open files and sockets.</summary>
    public (long Memory, int Threads, int Handles) Holds
    {
        get
        {
            _process!.Refresh();
            return (_process.WorkingSet64, _process.Threads.Count, _process.HandleCount);
        }
    }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<ServerProcess> Start(params string[] settings) => await Start(await TestStorage.Empty(), settings);

    /// <summary>Starts a server on a database that goes with it.</summary>
    public static Task<ServerProcess> Start(TestStorage storage, params string[] settings) => Start(storage, [], settings);

    /// <summary>As <see cref="Start(TestStorage, string[])"/>, with variables in its environment.</summary>
    public static async Task<ServerProcess> Start(TestStorage storage, Dictionary<string, string> environment, params string[] settings)
    {
        ServerProcess server = new(storage, environment, settings);
        try
        {
            for (var tries = 1; ; tries++)
            {
                server._port = FreePort.Take();
                if (await server.Begin() is not { } exitCode) return server;
                if (exitCode != Unavailable || tries == 5) throw server.Ended(exitCode);
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the program until it ends by itself: for starts that are to be refused.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> Run(params string[] args) => Run([], args);

    /// <summary>As <see cref="Run(string[])"/>, with variables in its environment.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> Run(Dictionary<string, string> environment, params string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("chat-process-").FullName;
        try
        {
            using var process = Process.Start(StartInfo(folder, environment, args))!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await Exit(process);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Starts it again, at the same address on the same data; kills it first where it still runs.</summary>
    public async Task Restart()
    {
        Kill();
        if (await Begin() is { } exitCode) throw Ended(exitCode);
    }

    /// <summary>SIGKILL: no word to anybody, nothing flushed.</summary>
    public void Kill()
    {
        if (!IsRunning) return;
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> Stop()
    {
        Terminate();
        return Exit();
    }

    public void Terminate() => Signal(SigTerm);

    public void Interrupt() => Signal(SigInt);

    /// <summary>Waits for the end; the exit code.</summary>
    public Task<int> Exit() => Exit(_process!);

    public async ValueTask DisposeAsync()
    {
        Kill();
        if (_process is not null) await Exit();
        Forget();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Null once it is ready; the exit code where it ended before that.</summary>
    private async Task<int?> Begin()
    {
        Forget();
        Directory.CreateDirectory(WorkingFolder);
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new() { StartInfo = StartInfo(WorkingFolder, _environment, ["--urls", Url, "--data", DataFolder, .. _storage.Settings, .. _settings]), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            _output.Enqueue(line.Data);
            if (LastOfBanner().IsMatch(line.Data)) ready.TrySetResult();
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) _errors.Enqueue(line.Data);
        };
        _process.Start();
        Running[_process.Id] = _process;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(Patience) == ready.Task) return null;
        return _process.ExitCode;
    }

    private void Forget()
    {
        if (_process is null) return;
        Running.TryRemove(_process.Id, out _);
        _process.Dispose();
        _process = null;
    }

    private void Signal(int signal)
    {
        if (IsRunning && SendSignal(_process!.Id, signal) != 0) throw new InvalidOperationException($"Signal {signal} could not be sent.");
    }

    private InvalidOperationException Ended(int exitCode) =>
        new($"The server ended with {exitCode}.\n{string.Join('\n', _output)}\n{string.Join('\n', _errors)}");

    private static async Task<int> Exit(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }
    }

    private static ProcessStartInfo StartInfo(string workingFolder, Dictionary<string, string> environment, string[] args)
    {
        // What a limit of file sizes forbids is then an error of the write, as a full disk is, and not a signal that kills.
        // A limit of open files is there from the beginning, as an operator sets it.
        ProcessStartInfo start = new("sh", ["-c", "trap '' XFSZ; ulimit -n \"${OPEN_FILES:-$(ulimit -n)}\"; exec \"$@\"", "sh", "dotnet", Program, .. args]) { WorkingDirectory = workingFolder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CHAT_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }

    [GeneratedRegex(@"Data: (\S+chat\.db|PostgreSQL )")]
    private static partial Regex LastOfBanner();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
