using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Tests.EndToEnd;

/// <summary>A client by hand: it speaks when told and reads when told, and never pings.</summary>
internal sealed class SilentClient : IAsyncDisposable
{
    private const char RecordSeparator = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _read = new();

    public static async Task<SilentClient> Connect(string url)
    {
        SilentClient client = new();
        client._socket.Options.SetBuffer(4096, 4096);
        await client._socket.ConnectAsync(new Uri($"{url.Replace("http", "ws", StringComparison.Ordinal)}/chat"), CancellationToken.None);
        await client.Say("""{"protocol":"json","version":1}""");
        await client.Next();
        return client;
    }

    public static async Task<SilentClient> LogIn(string url, string userName, int? heartbeatMs)
    {
        var client = await Connect(url);
        var answer = await client.Invoke(nameof(IChatHub.LogIn), JsonSerializer.Serialize(
            new LogIn { UserName = userName, Password = Guest.Password, HeartbeatMs = heartbeatMs }, ChatJson.Default.LogIn));
        answer.GetProperty("refusal").ValueKind.Should().Be(JsonValueKind.Null);
        return client;
    }

    public Task Say(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + RecordSeparator), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task Ping() => Say("""{"type":6}""");

    /// <summary>Makes a call and reads up to its answer.</summary>
    public async Task<JsonElement> Invoke(string method, string request)
    {
        await Say($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[{{request}}]}""");
        while (true)
        {
            var message = JsonDocument.Parse(await Next() ?? throw new IOException("The server closed.")).RootElement;
            if (message.GetProperty("type").GetInt32() == 3) return message.GetProperty("result");
        }
    }

    /// <summary>The next message; null once the server has closed.</summary>
    public async Task<string?> Next()
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var text = _read.ToString();
            if (text.IndexOf(RecordSeparator) is var end and >= 0)
            {
                _read.Remove(0, end + 1);
                return text[..end];
            }
            try
            {
                var result = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close) return null;
                _read.Append(Encoding.UTF8.GetString(buffer, 0, result.Count)); // what these tests say is ASCII
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task Closed()
    {
        while (await Next() is not null) { }
    }

    /// <summary>Reads batches of a conversation until it has heard of a seq; all seqs heard.</summary>
    public async Task<List<long>> ReadUpTo(ConversationId conversation, long seq)
    {
        List<long> heard = [];
        while (heard.Count == 0 || heard[^1] < seq)
        {
            var message = JsonDocument.Parse(await Next() ?? throw new IOException("The server closed.")).RootElement;
            if (!message.TryGetProperty("target", out var target) || target.GetString() != nameof(IChatClient.EntriesAppended)) continue;
            var batch = message.GetProperty("arguments")[0];
            if (batch.GetProperty("conversation").GetString() != conversation.Value) continue;
            heard.AddRange(batch.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64()));
        }
        return heard;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
