using System.Collections.Frozen;

namespace Chat.Server.Web;

/// <summary>
/// The browser page. Its files are inside the program: there is nothing to deploy beside it and nothing on the disk that could be missing or
/// swapped. An address that names no file leads to the page itself, which knows what to show there; a file that is not there is not there.
/// </summary>
internal static class Page
{
    private const string Index = "index.html";
    private const string Prefix = "page/";

    public static void MapPage(this WebApplication app)
    {
        var assembly = typeof(Page).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => new PageFile(name, assembly.GetManifestResourceStream(name)!));

        app.MapMethods("/{*path}", ["GET", "HEAD"], (HttpContext context, string? path) =>
            (files.GetValueOrDefault(path ?? Index) ?? (IsPlace(context.Request.Path) ? files[Index] : null))?.Answer(context) ?? Results.NotFound())
            .WithOrder(int.MaxValue);
    }

    private static bool IsPlace(PathString path) =>
        !Path.HasExtension(path) && !path.StartsWithSegments(Paths.Hub) && !path.StartsWithSegments(Paths.Session) && !path.StartsWithSegments(Paths.Health);
}
