using System.Runtime.InteropServices;

namespace Chat.Cli.Printing;

/// <summary>
/// Notices that whoever read the standard output has gone, as in <c>chat tail … | head -1</c>. Writing does not tell: the runtime ignores
/// SIGPIPE and swallows EPIPE; and where nothing more is said nothing would ever be written.
/// </summary>
internal static class ClosedPipe
{
    private const short Error = 8;

    /// <summary>Calls back once, when nobody reads any more.</summary>
    public static void Watch(Action closed)
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return;
        new Thread(() =>
        {
            PollFd[] output = [new() { File = 1 }];
            while (true)
            {
                // Without events asked for it waits for errors alone; interrupted by a signal, it is asked again.
                if (Poll(output, 1, -1) > 0)
                {
                    if ((output[0].Happened & Error) != 0) closed();
                    return;
                }
            }
        }) { IsBackground = true }.Start();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int File;
        public short Events;
        public short Happened;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] PollFd[] files, nuint count, int milliseconds);
}
