using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Chat.Server.Web;

internal sealed class WebOptions : IValidatableObject
{
    public const string Section = "Web";

    /// <summary>
    /// Names the server goes by, separated by ';', <c>*</c> for any. Empty: those of <c>Urls</c> and this machine's own (localhost), or any
    /// where every network interface is listened on. A request for another host is refused, so that no stranger's name leads here.
    /// </summary>
    public string AllowedHosts { get; init; } = "";

    /// <summary>Origins (<c>https://chat.example.org</c>) of pages that may connect, separated by ';', besides the server's own.</summary>
    public string AllowedOrigins { get; init; } = "";

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of the proxies in front, separated by ';'. Only they are believed whom they speak for.</summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>Whether plain http is refused, but for the health of the server.</summary>
    public bool RequireHttps { get; init; }

    /// <summary>Connections to the hub at the same time; fewer where the operating system lets the process open fewer files.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Connections to the hub at the same time from one address; of IPv6, from one network of 64 bits.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; init; } = 200;

    public static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. Split(AllowedOrigins).Where(origin => !IsOrigin(origin)).Select(origin => new ValidationResult(
            $"'{origin}' in Web:AllowedOrigins is not written as browsers write an origin, like https://chat.example.org.", [nameof(AllowedOrigins)])),
        .. Split(TrustedProxies).Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)).Select(proxy => new ValidationResult(
            $"'{proxy}' in Web:TrustedProxies is neither an address nor a network.", [nameof(TrustedProxies)])),
    ];

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text;
}

[OptionsValidator]
internal sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
