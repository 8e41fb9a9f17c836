using System.Runtime.InteropServices;

namespace Chat.Tests.Support;

/// <summary>What the kernel grants a process that runs already: taken away and given back, which needs no rights but those over one's own processes.</summary>
internal static partial class ProcessLimits
{
    /// <summary>Bytes up to which a file may grow.</summary>
    public const int FileSize = 1;

    /// <param name="most">None: as much as may be.</param>
    public static void Set(int process, int what, long? most)
    {
        Pair limits = default;
        Check(Change(process, what, 0, ref limits));
        limits.Soft = most is { } asked ? (ulong)asked : limits.Hard;
        Check(Change(process, what, ref limits, 0));
    }

    private static void Check(int result)
    {
        if (result != 0) throw new InvalidOperationException($"The limit could not be changed: error {Marshal.GetLastPInvokeError()}.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Pair
    {
        public ulong Soft;
        public ulong Hard;
    }

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Change(int process, int what, nint to, ref Pair from);

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Change(int process, int what, ref Pair to, nint from);
}
