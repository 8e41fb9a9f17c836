namespace Chat.Tests.Support;

/// <summary>The sources these tests were built from. (Not by a caller's file path: a build for CI maps those away.)</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "SignalRChat.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);
}
