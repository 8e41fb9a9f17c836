using System.Net;

namespace Chat.Server.Hosting;

/// <summary>Where the server is asked to listen.</summary>
internal static class Addresses
{
    public static BindingAddress[] Of(IConfiguration configuration) => [.. Texts(configuration).Select(BindingAddress.Parse)];

    /// <summary>Says now, in one line, what the web server would say later. Throws <see cref="Mistake"/>.</summary>
    public static void Check(IConfiguration configuration)
    {
        var texts = Texts(configuration);
        if (texts.Length == 0) throw Mistake.InSettings("Urls has a wrong value: it names no address.");
        foreach (var text in texts)
        {
            if (!IsAddress(text)) throw Mistake.InSettings($"Urls has a wrong value: '{text}' is not an address like http://localhost:5080.");
            var address = BindingAddress.Parse(text);
            if (address.Port == 0 && address.Host == "localhost")
                throw Mistake.InSettings("Urls has a wrong value: a free port cannot be chosen on localhost; say http://127.0.0.1:0.");
        }
    }

    /// <summary>Whether every network interface is listened on, so that the names the server goes by are not known from here.</summary>
    public static bool IsAnyInterface(this BindingAddress address) =>
        Uri.CheckHostName(address.Host.Trim('[', ']')) == UriHostNameType.Unknown
        || (IPAddress.TryParse(address.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));

    private static string[] Texts(IConfiguration configuration) =>
        configuration[KnownSettings.Urls] is { } urls ? urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    private static bool IsAddress(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https", PathBase: "" } address && address.Port <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
