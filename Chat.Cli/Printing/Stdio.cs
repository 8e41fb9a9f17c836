using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Chat.Cli.Printing;

/// <summary>The standard streams, in UTF-8, whatever the locale.</summary>
internal static class Stdio
{
    public static StreamWriter Out { get; } = Writer(Console.IsOutputRedirected ? Console.OpenStandardOutput() : Terminal(1));
    public static StreamWriter Error { get; } = Writer(Console.IsErrorRedirected ? Console.OpenStandardError() : Terminal(2));

    /// <summary>A sentence for people.</summary>
    public static void Say(string sentence)
    {
        Out.Flush();
        Error.WriteLine(SafeText.OneLine(sentence));
        Error.Flush();
    }

    /// <summary>
    /// Waits for what reads the standard input. That itself cannot be interrupted: whoever waits no longer leaves it behind, until the program ends.
    /// </summary>
    public static Task<T> Read<T>(Func<T> reading, CancellationToken cancel) => Task.Run(reading, CancellationToken.None).WaitAsync(cancel);

    // The runtime's own stream begins with escapes that switch the terminal's keypad over, also for those who wish for none.
    private static Stream Terminal(int file) =>
        !OperatingSystem.IsWindows() ? new FileStream(new SafeFileHandle(file, ownsHandle: false), FileAccess.Write, bufferSize: 0)
        : file == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
