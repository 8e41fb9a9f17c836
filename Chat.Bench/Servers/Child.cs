using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Chat.Bench.Servers;

/// <summary>A server in a process of its own, on a core of its own, and what the operating system and the runtime tell of it.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const double TicksPerSecond = 100; // what Linux shows, whatever the kernel counts with
    private const int SigTerm = 15;
    private const int Remembered = 40;
    private const double QuietShare = 0.2; // of a core; thousands of connections that only ping take a tenth
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly ConcurrentDictionary<int, Process> Running = [];

    private readonly ConcurrentQueue<string> _said = [];
    private readonly string _counters = Path.Combine(Path.GetTempPath(), $"bench-{Guid.NewGuid():N}");
    private readonly Process _process;
    private bool _isOver;

    // A run that is ended early leaves no server behind.
    static Child() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Values) process.Kill();
    };

    private Child(IPEndPoint address, string[] command, int? core)
    {
        Address = address;
        string[] whole = core is { } pinned ? ["taskset", "-c", $"{pinned}", "dotnet", .. command] : ["dotnet", .. command];
        ProcessStartInfo start = new(whole[0], whole[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CHAT_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(Child).Assembly.Location;
        start.Environment[Counters.Variable] = _counters;
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
    }

    public IPEndPoint Address { get; }

    public int Id => _process.Id;

    /// <summary>Processor time so far, user and system.</summary>
    public double CpuSeconds => Time(0) + KernelSeconds;

    /// <summary>The part of it that was spent in the operating system.</summary>
    public double KernelSeconds => Time(1);

    /// <summary>Bytes that are in memory.</summary>
    public long Resident
    {
        get
        {
            var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    public int Threads => Directory.GetDirectories($"/proc/{Id}/task").Length;

    public int Handles => Directory.GetFiles($"/proc/{Id}/fd").Length;

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <param name="lastWords">How the line begins that says so.</param>
    public static async Task<Child> Start(IPEndPoint address, string[] command, string lastWords, int? core)
    {
        Child child = new(address, command, core);
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        child._process.OutputDataReceived += (_, line) => child.Said(line.Data, lastWords, ready);
        child._process.ErrorDataReceived += (_, line) => child.Said(line.Data, lastWords, ready);
        child._process.Start();
        Running[child.Id] = child._process;
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        var ended = child._process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(Patience) == ended) throw new InvalidOperationException($"The server ended.\n{string.Join('\n', child._said)}");
        return child;
    }

    /// <summary>Waits until it has done what it was given to do: what setting up leaves behind is not to be measured.</summary>
    public async Task Settle()
    {
        var began = Stopwatch.GetTimestamp();
        double before;
        do
        {
            before = CpuSeconds;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        while (CpuSeconds - before > QuietShare && Stopwatch.GetElapsedTime(began) < Patience);
    }

    /// <summary>What its runtime has allocated and collected so far.</summary>
    public Task<Allocations> Allocated() => Counters.Ask(_counters);

    public async ValueTask DisposeAsync()
    {
        if (_isOver) return;
        _isOver = true;
        if (!_process.HasExited) _ = SendSignal(Id, SigTerm);
        using (CancellationTokenSource late = new(TimeSpan.FromSeconds(20)))
        {
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }
        Running.TryRemove(Id, out _);
        _process.Dispose();
        File.Delete(_counters);
    }

    // Behind the name, which may have blanks in it, come the fields from the third on; the 14th and the 15th are the times.
    private double Time(int which) =>
        long.Parse(File.ReadAllText($"/proc/{Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[11 + which], CultureInfo.InvariantCulture) / TicksPerSecond;

    private void Said(string? line, string lastWords, TaskCompletionSource ready)
    {
        if (line is null) return;
        _said.Enqueue(line);
        if (_said.Count > Remembered) _said.TryDequeue(out _);
        if (line.StartsWith(lastWords, StringComparison.Ordinal)) ready.TrySetResult();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
