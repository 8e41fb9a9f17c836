using System.Text;

namespace Chat.Cli.Printing;

/// <summary>The standard streams, in UTF-8, whatever the locale; and without <see cref="Console"/>'s writers, which send the terminal escapes of their own.</summary>
internal static class Stdio
{
    public static StreamWriter Out { get; } = Writer(Console.OpenStandardOutput());
    public static StreamWriter Error { get; } = Writer(Console.OpenStandardError());

    /// <summary>A sentence for people.</summary>
    public static void Say(string sentence)
    {
        Out.Flush();
        Error.WriteLine(SafeText.OneLine(sentence));
        Error.Flush();
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
