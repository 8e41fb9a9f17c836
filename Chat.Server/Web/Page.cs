using System.Collections.Frozen;

namespace Chat.Server.Web;

/// <summary>
/// The browser page. Its files are inside the program: there is nothing to deploy beside it and nothing on the disk that could be missing or
/// swapped. The address of a conversation leads to the page itself, which knows what to show there; what is neither is not there.
/// </summary>
internal static class Page
{
    private const string Index = "index.html";
    private const string Prefix = "page/";
    private static readonly string[] Read = ["GET", "HEAD"];

    public static void MapPage(this WebApplication app)
    {
        var assembly = typeof(Page).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => new PageFile(name, assembly.GetManifestResourceStream(name)!));

        app.MapMethods("/", Read, files[Index].Answer);
        app.MapMethods(Paths.Conversations + "/{*place:nonfile}", Read, files[Index].Answer);
        foreach (var (name, file) in files) app.MapMethods("/" + name, Read, file.Answer);
    }
}
