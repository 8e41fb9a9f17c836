using Chat.Cli.Printing;

namespace Chat.Cli.FullScreen;

/// <summary>How text stands out; colours only where they are liked.</summary>
internal static class Style
{
    public static string Bold(string text) => $"\e[1m{text}\e[0m";
    public static string Dim(string text) => $"\e[2m{text}\e[0m";
    public static string Reverse(string text) => $"\e[7m{text}\e[0m";
    public static string Name(string text) => Terminal.HasColors ? $"\e[36m{text}\e[0m" : Bold(text);
    public static string Here(string text) => Terminal.HasColors ? $"\e[32m{text}\e[0m" : text;
    public static string Warning(string text) => Terminal.HasColors ? $"\e[33m{text}\e[0m" : Bold(text);
}
