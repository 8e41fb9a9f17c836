using System.Diagnostics;
using System.Globalization;
using Chat.Bench.Scenarios;

namespace Chat.Bench.Running;

/// <summary>What the measuring needs of the machine, and what a reader of the figures has to know of it.</summary>
internal static class Machine
{
    private const int FilesNeeded = 14_000;

    /// <summary>The folder of this program's sources, wherever below it the program was built.</summary>
    public static string Sources { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The server that was built beside this program.</summary>
    public static string Server { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Chat.Bench{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Chat.Server{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "Chat.Server.dll"));

    public static string Description =>
        $"{Environment.ProcessorCount} × {Line("/proc/cpuinfo", "model name")}, {Line("/proc/meminfo", "MemTotal")}, Linux {Environment.OSVersion.Version}, .NET {Environment.Version}";

    /// <summary>Takes the load's cores for this process and says what is too small for what is to be measured.</summary>
    public static void Prepare(Setup setup)
    {
        if (!File.Exists(setup.Server)) throw new FileNotFoundException($"There is no server at {setup.Server}: build Chat.Server in the same configuration first.");
        if (OpenFiles < FilesNeeded) Console.Error.WriteLine($"Only {OpenFiles:#,0} files may be open (ulimit -n): the large scenarios need {FilesNeeded:#,0}.");
        Pin(setup);
    }

    /// <summary>Moves this process to the second core, or lets it run on every one; a server that has no core of its own is started where this process is.</summary>
    public static void Pin(Setup setup)
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", setup.Core is null ? $"0-{Environment.ProcessorCount - 1}" : "1", $"{Environment.ProcessId}"]) { RedirectStandardOutput = true })!;
        taskset.WaitForExit();
    }

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "Chat.Bench.csproj")) ? folder : Above(Path.GetDirectoryName(folder)!);

    private static int OpenFiles =>
        int.TryParse(Words("/proc/self/limits", "Max open files") is [_, _, _, var soft, ..] ? soft : "", CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;

    private static string Line(string file, string name) => string.Join(' ', Words(file, name)).Split(':')[^1].Trim();

    private static string[] Words(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
