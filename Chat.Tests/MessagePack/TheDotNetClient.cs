using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Chat.MessagePack;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.MessagePack;

/// <summary>Both ends are ours: the .NET client over bare TCP.</summary>
public sealed class TheDotNetClient
{
    [Fact]
    public async Task Gets_back_what_it_sent()
    {
        await using var server = await MirrorServer.Start();
        await using var client = await Connect(server);

        (await client.InvokeAsync<Note>("MirrorNote", Note.Some())).Should().BeEquivalentTo(Note.Some());
        (await client.InvokeAsync<Note?>("Null")).Should().BeNull();
        await client.InvokeAsync("Nothing");
    }

    [Fact]
    public async Task Is_told_errors()
    {
        await using var server = await MirrorServer.Start();
        await using var client = await Connect(server);

        await client.Invoking(c => c.InvokeAsync<string>("Refuse")).Should().ThrowAsync<HubException>().WithMessage("*No.");
        await client.Invoking(c => c.InvokeAsync<string>("Break")).Should().ThrowAsync<HubException>().Where(told => !told.Message.Contains("nobody"));
        await client.Invoking(c => c.InvokeAsync<int>("MirrorNote", Note.Some())).Should().ThrowAsync<HubException>().WithMessage("*result to Int32*");
    }

    [Fact]
    public async Task Streams_both_ways()
    {
        await using var server = await MirrorServer.Start();
        await using var client = await Connect(server);
        var numbers = Channel.CreateUnbounded<int>();
        foreach (var number in Enumerable.Range(1, 100)) numbers.Writer.TryWrite(number);
        numbers.Writer.Complete();

        (await client.InvokeAsync<int>("Sum", numbers.Reader, 50)).Should().Be(5100);
        (await client.StreamAsync<Note>("Count", 100).Select(note => note.Seq).ToListAsync()).Should().Equal(Enumerable.Range(1, 100).Select(i => (long)i));
        await client.Invoking(async c => await c.StreamAsync<int>("CountAndBreak", 3).ToListAsync()).Should().ThrowAsync<HubException>();
    }

    [Fact]
    public async Task Is_called_and_asked()
    {
        await using var server = await MirrorServer.Start();
        await using var client = await Connect(server);
        TaskCompletionSource<(Note, string[], string?)> told = new();
        client.On<Note, string[], string?>("Told", (note, tags, nothing) => told.SetResult((note, tags, nothing)));
        client.On<Note, Note>("Ask", note => note with { Text = note.Text + "!" });

        await client.InvokeAsync("Tell", Note.Some());
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).Should().BeEquivalentTo((Note.Some(), Note.Some().Tags, (string?)null));
        (await client.InvokeAsync<Note>("AskBack", Note.Some())).Text.Should().Be(Note.Some().Text + "!");
    }

    [Fact]
    public void Speaks_messagepack_instead_of_json()
    {
        HubConnectionBuilder builder = new();
        builder.AddChatMessagePack().AddChatMessagePack();

        var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IHubProtocol>().Name.Should().Be("messagepack");
        services.GetServices<IHubProtocol>().Should().HaveCount(2, "JSON, and this once");
    }

    private static async Task<HubConnection> Connect(MirrorServer server)
    {
        HubConnectionBuilder builder = new();
        builder.Services.AddSingleton<EndPoint>(server.Tcp).AddSingleton<IConnectionFactory, TcpConnections>();
        builder.AddJsonProtocol(MirrorServer.UseSameOptions).AddChatMessagePack();

        var client = builder.Build();
        await client.StartAsync();
        return client;
    }

    private sealed class TcpConnections : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new SocketConnectionContextFactory(new(), NullLogger.Instance).Create(socket);
        }
    }
}
