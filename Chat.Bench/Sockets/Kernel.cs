using System.Runtime.InteropServices;

namespace Chat.Bench.Sockets;

/// <summary>Linux itself: with thousands of sockets on one core, every layer in between would be measured as well.</summary>
internal static class Kernel
{
    public const int EventIn = 0x001;
    public const int CtlAdd = 1;
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int Again = 11;
    public const int Interrupted = 4;

    /// <summary>As the kernel lays it out on x64: 12 bytes, not aligned.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct Happening
    {
        public int Events;
        public int Handle;
        public int Unused;
    }

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int NewPoll(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Control(int poll, int deed, int handle, ref Happening about);

    [DllImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Wait(int poll, [Out] Happening[] happened, int most, int milliseconds);

    [DllImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Receive(int handle, ref byte bytes, nint length, int flags);

    [DllImport("libc", EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Send(int handle, ref byte bytes, nint length, int flags);
}
