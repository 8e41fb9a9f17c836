using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Client.Transport;

/// <summary>
/// A WebSocket as the two pipes that SignalR reads and writes. It promises:
/// 1. bytes keep their order, and a flush goes out as one WebSocket message (flushes that had to wait together as one);
/// 2. at most some 64 KB wait in either direction: beyond that the faster side waits for the slower one;
/// 3. what arrived before a loss is read before the loss is told;
/// 4. <see cref="DisposeAsync"/> sends what was flushed, then the close frame, and has a limit: after it nothing runs and nothing is open.
/// </summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    private static readonly PipeOptions Buffering = new(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly Action? _heard;
    private readonly Pipe _incoming = new(Buffering);
    private readonly Pipe _outgoing = new(Buffering);
    private readonly LastWordsReader _input;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _receiving;
    private readonly Task _sending;
    private readonly Task _ending;

    private Exception? _abortedBy; // the first reason stays; set by any thread

    /// <param name="heard">Called whenever the server sent something, a ping included.</param>
    public WebSocketConnection(WebSocket socket, WebSocketMessageType frames, Action? heard = null)
    {
        _socket = socket;
        _heard = heard;
        _input = new(_incoming.Reader);
        Transport = new Ends(_input, _outgoing.Writer);
        ConnectionClosed = _closed.Token;

        // On the thread pool from the first step, so that nothing here ever waits for a user-interface thread.
        _receiving = Task.Run(Receive);
        _sending = Task.Run(() => Send(frames));
        _ending = Task.Run(End);
    }

    /// <summary>How long a server may take to accept what was flushed before <see cref="DisposeAsync"/>.</summary>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a server may take to answer the close frame. Short, because a dead server never will, and the reconnect waits for it.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(1);

    public override IDuplexPipe Transport { get; set; }
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();
    public override CancellationToken ConnectionClosed { get; set; }

    /// <summary>Null, as SignalR documents it for a connection without negotiation: only the server knows its id.</summary>
    public override string ConnectionId { get; set; } = null!;

    public override void Abort(ConnectionAbortedException abortReason) => Abort((Exception)abortReason);

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync().ConfigureAwait(false); // the send loop empties the pipe and says goodbye
        await Transport.Input.CompleteAsync().ConfigureAwait(false); // the receive loop drops what comes until the answer

        await _sending.WaitAsync(SendLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _receiving.WaitAsync(AnswerLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Abort();
        await _ending.ConfigureAwait(false);

        _socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task Receive()
    {
        var fault = await ReceiveLoop.Run(_socket, _incoming.Writer, _heard);
        if (fault is not null) _input.Lost(_abortedBy ?? fault);
        await _incoming.Writer.CompleteAsync();
        _outgoing.Reader.CancelPendingRead(); // there is nobody left to send to
    }

    private async Task Send(WebSocketMessageType frames)
    {
        var fault = await SendLoop.Run(_socket, _outgoing.Reader, frames);
        await _outgoing.Reader.CompleteAsync();
        if (fault is null) return;

        // A socket that cannot be written to may still hold the server's last words.
        await _receiving.WaitAsync(AnswerLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Abort(fault);
    }

    private async Task End()
    {
        await Task.WhenAll(_receiving, _sending);
        await _closed.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a listener's exception is the listener's
    }

    private void Abort(Exception reason)
    {
        Interlocked.CompareExchange(ref _abortedBy, reason, null);
        _socket.Abort();
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
