using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Faults;

/// <summary>
/// A cable between clients and a server. Pulled, it swallows what either side says on the connections there are and tells nobody. Each side's bytes are still taken off its hands, as buffers on the way would for a while: silence is all there is to notice.
/// </summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly ConcurrentBag<Strand> _strands = [];
    private readonly Task _accepting;

    public Cable(string server)
    {
        var url = new Uri(server);
        _server = new(IPAddress.Parse(url.Host), url.Port);
        _listener.Start();
        _accepting = Accept();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>Whether new connections are turned away.</summary>
    public bool IsCut { get; set; }

    /// <summary>How long after the pulling each client gave its connection up, and each server; only those that have.</summary>
    public IReadOnlyList<TimeSpan> ClientsGaveUp => [.. Pulled.Select(strand => strand.ClientGaveUp).OfType<TimeSpan>()];

    public IReadOnlyList<TimeSpan> ServerGaveUp => [.. Pulled.Select(strand => strand.ServerGaveUp).OfType<TimeSpan>()];

    private IEnumerable<Strand> Pulled => _strands.Where(strand => strand.IsPulled);

    /// <summary>For the connections there are; new ones pass. How many it was.</summary>
    public int Pull()
    {
        var open = _strands.Where(strand => strand is { IsPulled: false, IsOver: false }).ToList();
        foreach (var strand in open) strand.Pull();
        return open.Count;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var strand in _strands) strand.Dispose();
        _listener.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync();
                if (IsCut)
                {
                    client.Dispose();
                    continue;
                }
                Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                Strand strand = new(client, server);
                _strands.Add(strand);
                _ = strand.Run(_server);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return; // no longer listening
            }
        }
    }

    private sealed class Strand(Socket client, Socket server) : IDisposable
    {
        private long _pulledAt;

        public bool IsPulled => Volatile.Read(ref _pulledAt) != 0;
        public bool IsOver { get; private set; }
        public TimeSpan? ClientGaveUp { get; private set; }
        public TimeSpan? ServerGaveUp { get; private set; }

        public void Pull() => Volatile.Write(ref _pulledAt, Stopwatch.GetTimestamp());

        public async Task Run(IPEndPoint address)
        {
            try
            {
                await server.ConnectAsync(address);
                await Task.WhenAll(
                    Carry(client, server, () => ClientGaveUp = Stopwatch.GetElapsedTime(_pulledAt)),
                    Carry(server, client, () => ServerGaveUp = Stopwatch.GetElapsedTime(_pulledAt)));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The server is not there, or the test is over.
            }
            IsOver = true;
            Dispose();
        }

        public void Dispose()
        {
            client.Dispose();
            server.Dispose();
        }

        private async Task Carry(Socket from, Socket to, Action gaveUp)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is var count and > 0)
                {
                    if (!IsPulled) await to.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (SocketException)
            {
                // Reset: it gave up, too.
            }
            if (IsPulled) gaveUp();
            else to.Dispose();
        }
    }
}
