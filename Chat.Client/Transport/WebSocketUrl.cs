namespace Chat.Client.Transport;

/// <summary>The ws: or wss: URL that stands for what a user typed.</summary>
internal static class WebSocketUrl
{
    public static Uri From(Uri url)
    {
        if (!url.IsAbsoluteUri) throw new ArgumentException($"The URL of the server must be absolute: {url}", nameof(url));

        var scheme = url.Scheme switch
        {
            "http" or "ws" => "ws",
            "https" or "wss" => "wss",
            var other => throw new ArgumentException($"The URL of the server must begin with http, https, ws or wss, not {other}.", nameof(url)),
        };
        return new UriBuilder(url) { Scheme = scheme, Fragment = "" }.Uri;
    }

    /// <summary>For messages and logs: without the query and the user part, where tokens and passwords stand.</summary>
    public static string Shown(Uri url) => $"{url.Scheme}://{url.Authority}{url.AbsolutePath}";
}
