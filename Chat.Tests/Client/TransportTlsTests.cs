using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chat.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

public sealed class TransportTlsTests
{
    [Fact]
    public async Task Https_connects_when_the_certificate_is_trusted()
    {
        using var certificate = SelfSigned();
        await using var server = await TransportServer.Start(services => Secure(services, certificate));
        await using var connection = new HubConnectionBuilder()
            .WithChatServer(Https(server), socket => socket.RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown))
            .Build();

        await connection.StartAsync().Soon();

        (await connection.InvokeAsync<string>("Echo", "between us").Soon()).Should().Be("between us");
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused_by_name()
    {
        using var certificate = SelfSigned();
        await using var server = await TransportServer.Start(services => Secure(services, certificate));
        await using var connection = new HubConnectionBuilder().WithChatServer(Https(server)).Build();

        await connection.Invoking(it => it.StartAsync().Soon()).Should().ThrowAsync<WebSocketException>().WithMessage("Cannot connect to wss://*certificate*");
    }

    private static void Secure(IServiceCollection services, X509Certificate2 certificate) =>
        services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseHttps(certificate)));

    private static Uri Https(TransportServer server) => new($"https://127.0.0.1:{server.Port}/hub");

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null); // with a key that Kestrel can use on every system
    }
}
