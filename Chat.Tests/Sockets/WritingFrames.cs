using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Chat.Server.Sockets;
using Chat.Tests.Support;

namespace Chat.Tests.Sockets;

/// <summary>The frames of a writer over a real socket, read by the framework's own WebSocket.</summary>
public sealed class WritingFrames : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ManualClock _clock = new();
    private readonly Socket _server;
    private readonly Socket _client;
    private readonly WebSocket _reader;
    private readonly FrameWriter _writer;

    public WritingFrames()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _client = new(SocketType.Stream, ProtocolType.Tcp);
        _client.Connect(listener.LocalEndpoint);
        _server = listener.AcceptSocket();
        _server.Blocking = false;
        _server.SendBufferSize = 16 * 1024;
        _writer = new(_server, _clock) { IsBinary = true };
        _reader = WebSocket.CreateFromStream(new NetworkStream(_client), new WebSocketCreationOptions());
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public async Task A_message_of_any_length_arrives_as_it_is_written_or_flushed(int length)
    {
        var message = Message(length);

        var written = _writer.WriteAsync(message).AsTask();
        (await Read()).Should().Equal(message);
        await written;

        message.CopyTo(_writer.GetSpan(length));
        _writer.Advance(length);
        var flushed = _writer.FlushAsync().AsTask();
        (await Read()).Should().Equal(message);
        await flushed;
    }

    [Fact]
    public async Task What_is_brought_piece_by_piece_is_one_message()
    {
        foreach (var length in new[] { 1, 300, 5_000 })
        {
            Message(length).CopyTo(_writer.GetSpan(length));
            _writer.Advance(length);
        }
        await _writer.FlushAsync();

        (await Read()).Should().Equal([.. Message(1), .. Message(300), .. Message(5_000)]);
    }

    [Fact]
    public async Task What_a_reader_does_not_take_waits_in_order_and_the_time_is_counted()
    {
        List<Task> writes = [];
        while (writes.Count < 200) writes.Add(_writer.WriteAsync(Message(30_000 + writes.Count)).AsTask());

        // Until the buffers on both ends are full, more is taken now and then, and the counting begins anew.
        await Eventually.Is(Stands, "what waits is known to have waited for a minute");
        writes[^1].IsCompleted.Should().BeFalse();
        for (var number = 0; number < writes.Count; number++) (await Read()).Should().Equal(Message(30_000 + number));
        await Task.WhenAll(writes).WaitAsync(Patience);
        _writer.Stuck.Should().Be(TimeSpan.Zero);

        bool Stands()
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            return _writer.Stuck >= TimeSpan.FromMinutes(1);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(9_000)]
    [InlineData(70_000)]
    public async Task Whoever_writes_at_once_mixes_no_frames_and_leaves_none_behind(int length)
    {
        var writes = Enumerable.Range(1, 8).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < 500; number++) await _writer.WriteAsync(Enumerable.Repeat((byte)writer, length).ToArray());
        })).ToList();

        for (var number = 0; number < 8 * 500; number++)
        {
            var message = await Read();
            message.Should().HaveCount(length);
            message.AsSpan().ContainsAnyExcept(message[0]).Should().BeFalse();
        }
        await Task.WhenAll(writes).WaitAsync(Patience);
    }

    [Fact]
    public async Task Nothing_follows_a_close()
    {
        await _writer.WriteAsync(Message(3));
        await _writer.Close();
        var after = await _writer.WriteAsync(Message(4));

        after.IsCompleted.Should().BeTrue();
        (await Read()).Should().Equal(Message(3));
        (await _reader.ReceiveAsync(new ArraySegment<byte>(new byte[10]), CancellationToken.None).WaitAsync(Patience)).CloseStatus
            .Should().Be(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_reader_who_is_gone_is_not_waited_for()
    {
        List<Task> writes = [];
        while (writes.Count < 100) writes.Add(_writer.WriteAsync(Message(30_000)).AsTask());

        _client.LingerState = new(enable: true, seconds: 0); // a reset, as by a process that died
        _client.Close();

        await Task.WhenAll(writes).WaitAsync(Patience);
    }

    private static byte[] Message(int length) => [.. Enumerable.Range(0, length).Select(place => (byte)(place * 31 + length))];

    private async Task<byte[]> Read()
    {
        using MemoryStream message = new();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await _reader.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(Patience);
            part.MessageType.Should().Be(WebSocketMessageType.Binary);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return message.ToArray();
        }
    }
}
