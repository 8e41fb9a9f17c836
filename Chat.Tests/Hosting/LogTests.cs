using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Chat.Server.Hosting;
using Chat.Tests.Support;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Parsing;

namespace Chat.Tests.Hosting;

public sealed class LogTests
{
    [Fact]
    public async Task As_json_every_line_of_the_output_is_an_object_and_the_banner_is_among_them()
    {
        await using var server = await ServerProcess.Start("--Logging:Json");
        await AskFrom(server, "https://evil.example");
        await server.Stop();

        var said = server.Output.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("RenderedMessage").GetString()).ToList();
        said.Should().Contain($"Open: {server.Url}/").And.Contain(message => message!.Contains("evil.example"));
    }

    [Theory]
    [InlineData("--Logging:Json=false")]
    [InlineData("--Logging:Json=true")]
    public async Task What_a_stranger_has_logged_does_not_reach_the_terminal_raw(string format)
    {
        await using var server = await ServerProcess.Start(format);
        await AskFrom(server, "https://evil\u009b2J\u202egpj.example");
        await server.Stop();

        var line = server.Output.Single(line => line.Contains("evil"));
        line.Should().Contain(@"\u009b2J\u202egpj");
        line.Should().NotContainAny("\u009b", "\u202e");
    }

    [Fact]
    public async Task No_token_is_logged_however_much_is()
    {
        await using var server = await ServerProcess.Start("--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Default=Trace");
        using HttpClient http = new() { BaseAddress = new(server.Url) };
        await http.GetAsync("/chat?access_token=CANARY-1&id=CANARY-2");
        await http.SendAsync(new(HttpMethod.Post, "/session") { Headers = { { "Authorization", "Bearer CANARY-3" }, { "Cookie", "chat-80=CANARY-4" } } });
        await server.Stop();

        server.Output.Should().Contain(line => line.Contains("Request starting"), "the requests are logged");
        server.Output.Should().NotContain(line => line.Contains("CANARY"));
    }

    [Fact]
    public void A_line_break_does_not_forge_an_entry() =>
        Written("{Name:l} came", "bob\r\n2026-01-05 12:00:00.000 INF admin logged in").Should().Be("bob\\u000d\\u000a2026-01-05 12:00:00.000 INF admin logged in came\n");

    [Fact]
    public void The_lines_of_an_exception_are_indented()
    {
        InvalidOperationException exception = new("first\nsecond \u001b[2J");

        Written("It failed", null, exception).Should().Be("It failed\n    System.InvalidOperationException: first\n    second \\u001b[2J\n");
    }

    [Theory]
    [InlineData("GET /chat?access_token=abc&x=1", "GET /chat?access_token=…&x=1")]
    [InlineData("Token=abc done", "Token=… done")]
    public void A_token_in_a_text_is_left_out(string text, string written) => Written("{Text:l}", text).Should().Be(written + "\n");

    private static string Written(string template, string? value, Exception? exception = null)
    {
        var message = new MessageTemplateParser().Parse(template);
        var properties = message.Tokens.OfType<PropertyToken>().Select(token => new LogEventProperty(token.PropertyName, new ScalarValue(value)));
        using StringWriter output = new() { NewLine = "\n" };
        new SafeFormatter(new MessageTemplateTextFormatter("{Message}{NewLine}{Exception}", CultureInfo.InvariantCulture))
            .Format(new(DateTimeOffset.UnixEpoch, LogEventLevel.Information, exception, message, properties), output);
        return output.ToString();
    }

    private static async Task AskFrom(ServerProcess server, string origin)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", new Uri(server.Url).Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"GET /chat HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\nConnection: close\r\n\r\n"));
        using StreamReader answer = new(client.GetStream());
        (await answer.ReadToEndAsync()).Should().StartWith("HTTP/1.1 403");
    }
}
