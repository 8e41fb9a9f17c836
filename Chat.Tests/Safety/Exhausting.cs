using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>J: sockets, connections, memory, and what the server tells of itself.</summary>
internal static class Exhausting
{
    public static readonly Abuse[] Rows =
    [
        new("J1: sockets that stop in the middle of coming", 300, 10_000, SocketsThatStop)
        {
            Settings = [.. Relaxed.Settings, "--Delivery:AnonymousLimit=5", "--Web:MaxConnections=20000", "--Web:MaxConnectionsPerAddress=20000"],
        },
        new("J1: more connections than there may be", 200, 10_000, ConnectionsTooMany) { Settings = [.. Relaxed.Settings, "--Web:MaxConnections=100"] },
        new("J3: all come back at once", 500, 5_000, ReconnectStorm),
        new("J5: one who reads without end", 2_000, 20_000, Hammering) { Settings = ["--Login:PasswordIterations=1000", "--RateLimits:SendsPerMinute=6000"] },
        new("J8: no file is left to open", 200, 2_000, FilesExhausted) { Environs = new() { ["OPEN_FILES"] = "800" } },
        new("J8: as little memory as 300 MB", 500, 5_000, ReconnectStorm) { Environs = new() { ["DOTNET_GCHeapHardLimit"] = "0x12C00000" } },
        new("J10: what strangers ask the server about itself", 1, 1, Curiosity),
    ];

    private static async Task SocketsThatStop(Abused abused)
    {
        var port = new Uri(abused.Url).Port;
        var stopped = await Task.WhenAll(Enumerable.Range(0, abused.Size).Select(_ => Connect(port, "")));
        var inTheRequest = await Task.WhenAll(Enumerable.Range(0, abused.Size).Select(_ => Connect(port, "GET /chat HTTP/1.1\r\nHost: 127.0.0.1\r\n")));
        var inTheHandshake = await Task.WhenAll(Enumerable.Range(0, abused.Size).Select(_ => RawConnection.Open(abused.Url, handshake: null)));
        var nobody = await Abused.Try(abused.Size, _ => RawConnection.Open(abused.Url)); // who is slow may be closed before the handshake is through

        await Eventually.Is(() => inTheHandshake.All(one => one.IsClosed), "who never shakes hands is closed", TimeSpan.FromMinutes(1));
        await Eventually.Is(() => nobody.All(one => one is null or { IsClosed: true }), "who never logs in is closed", TimeSpan.FromMinutes(1));
        await Eventually.Is(() => inTheRequest.All(IsClosed), "who never ends the request is closed", TimeSpan.FromMinutes(1));
        if (abused.Size > 1_000) await Eventually.Is(() => stopped.All(IsClosed), "who never begins a request is closed", TimeSpan.FromMinutes(3));

        foreach (var one in stopped.Concat(inTheRequest)) one.Dispose();
        nobody.Should().Contain(one => one != null);
        await Abused.Close(inTheHandshake.Concat(nobody));
    }

    private static async Task ConnectionsTooMany(Abused abused)
    {
        var session = await abused.Register("visitor");
        var all = await Abused.Try(abused.Size, _ => RawConnection.Open(abused.Url));

        all.Count(one => one is not null).Should().BeInRange(1, 98, "the healthy pair has two of the hundred");
        using HttpClient http = new();
        HttpResponseMessage refused;
        do
        {
            all.AddRange(await Abused.Try(1, _ => RawConnection.Open(abused.Url))); // a place may have become free meanwhile
            refused = await http.GetAsync(new Uri($"{abused.Url}/chat"));
        }
        while (refused.StatusCode != HttpStatusCode.ServiceUnavailable && all.Count < 2 * abused.Size);
        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        await Abused.Close(all);
        await Eventually.Is(async () => (await Abused.Try(1, _ => abused.Resume(session)))[0] is { } visitor && await Left(visitor), "there is room again");
    }

    private static async Task ReconnectStorm(Abused abused)
    {
        const int devices = 20;
        List<Session> sessions = [];
        for (var user = 0; user < abused.Size / devices; user++) sessions.Add(await abused.Register($"user-{user:0000}".Replace('0', 'z').Replace('1', 'y')));
        var before = await Task.WhenAll(Enumerable.Range(0, abused.Size).Select(number => abused.Resume(sessions[number / devices])));
        await Abused.Close(before);

        var waiting = Enumerable.Range(0, abused.Size).ToList();
        List<Visitor?> back = [];
        await abused.Time("all are back", async () =>
        {
            while (waiting.Count > 0)
            {
                var came = await Abused.Try(waiting.Count, at => Again(abused, sessions[waiting[at] / devices]));
                back.AddRange(came);
                waiting = [.. waiting.Where((_, at) => came[at] is null)];
            }
            return 0;
        });

        await Task.WhenAll(back.OfType<Visitor>().Select(visitor => visitor.Do(new ListSessions())));
        await Abused.Close(back);
    }

    // A refusal that says when to come back is an answer; who gets one comes again.
    private static async Task<Visitor> Again(Abused abused, Session session)
    {
        var connection = await RawConnection.Open(abused.Url);
        var answer = await connection.Ask(new Resume { Token = session.Token });
        if (answer.Outcome == "ok") return new(connection, answer.As<Session>());
        answer.Refusal.GetProperty("retryable").GetBoolean().Should().BeTrue(answer.Text);
        await connection.DisposeAsync();
        throw new IOException("Come back later.");
    }

    private static async Task Hammering(Abused abused)
    {
        var session = await abused.Register("hammer");
        var hammers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => abused.Resume(session)));

        var answers = await Task.WhenAll(Enumerable.Range(0, abused.Size).Select(number => hammers[number % 4].Ask(
            number % 2 == 0 ? new ReadTranscript { Conversation = Deeds.Lobby } : new SearchUsers { Text = "healthy" })));

        answers.Select(answer => answer.Outcome).Distinct().Should().BeEquivalentTo(["ok", "rateLimited"]);
        answers.Where(answer => answer.Outcome != "ok").Should().OnlyContain(answer => answer.Refusal.GetProperty("retryAfterMs").GetInt64() > 0);
        await Abused.Close(hammers);
    }

    private static async Task FilesExhausted(Abused abused)
    {
        var session = await abused.Register("visitor");
        await using var old = await abused.Resume(session);
        var port = new Uri(abused.Url).Port;

        var requests = await Task.WhenAll(Enumerable.Range(0, abused.Size).Select(_ => Connect(port, "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")));
        await Eventually.Is(() => requests.Any(IsClosed), "too many are turned away");
        var connections = await Abused.Try(abused.Size, _ => RawConnection.Open(abused.Url));
        connections.Should().Contain(one => one == null, "there is no room for all of them");
        await old.Do(new ListConversations());
        await old.Say(await old.ChatWith("visitor"), "still here");
        foreach (var one in requests) one.Dispose();
        await Abused.Close(connections);

        await Eventually.Is(async () => (await Abused.Try(1, _ => abused.Resume(session)))[0] is { } visitor && await Left(visitor), "new ones are let in again");
    }

    private static async Task Curiosity(Abused abused)
    {
        using HttpClient http = new() { BaseAddress = new(abused.Url) };

        (await http.GetStringAsync("/health/live")).Should().Be("alive\n");
        (await http.GetStringAsync("/health/ready")).Should().Be("ready\n");
        foreach (var path in new[] { "/metrics", "/health", "/health/details", "/health/ready/db", "/info", "/debug", "/env", "/swagger" })
            (await http.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        foreach (var path in new[] { "/health/live", "/health/ready", "/metrics" })
            (await http.GetAsync(path)).Headers.Select(header => header.Key).Should().NotContain(["Server", "X-Powered-By"]);
    }

    private static async Task<bool> Left(Visitor visitor)
    {
        await visitor.DisposeAsync();
        return true;
    }

    private static async Task<Socket> Connect(int port, string said)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        if (said.Length > 0) await socket.SendAsync(Encoding.ASCII.GetBytes(said));
        return socket;
    }

    // Reads what came before the end, such as a refusal.
    private static bool IsClosed(Socket socket)
    {
        try
        {
            while (socket.Poll(0, SelectMode.SelectRead)) if (socket.Receive(new byte[1024]) == 0) return true;
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
