namespace Chat.Tests.Support;

/// <summary>The C# that a README shows, block by block.</summary>
internal static class Readme
{
    private const string Fence = "```";

    /// <param name="path">From the root of the repository.</param>
    public static IReadOnlyList<string> CSharp(params string[] path) =>
        [.. File.ReadAllText(Path.Combine([Repository.Root, .. path])).Split($"{Fence}csharp\n").Skip(1).Select(rest => rest.Split(Fence)[0])];
}
