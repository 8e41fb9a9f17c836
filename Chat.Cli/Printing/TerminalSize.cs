using System.Runtime.InteropServices;

namespace Chat.Cli.Printing;

/// <summary>
/// Of the terminal that the standard output is, in cells. Asked of the system: <see cref="Console"/> would send the terminal escapes on the
/// way, also to whom has wished for none.
/// </summary>
internal static class TerminalSize
{
    private const nuint AskForSize = 0x5413;

    public static int Columns => Now.Columns is > 0 and var columns ? columns : 80;
    public static int Rows => Now.Rows is > 0 and var rows ? rows : 24;

    // A terminal that does not know says 0.
    private static (int Columns, int Rows) Now
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return (Console.WindowWidth, Console.WindowHeight);
            return Ask(1, AskForSize, out var size) == 0 ? (size.Columns, size.Rows) : default;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Size
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ask(int file, nuint what, out Size size);
}
