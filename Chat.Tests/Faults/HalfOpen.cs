using System.Diagnostics;
using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Client.Sdk;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>
/// Connections that died without a word, on the clock of the wall. The bounds (13 s for the server, 12 s for the client) are proved on a virtual clock; here
/// there is room for a busy machine, but not for SignalR's own 30 s.
/// </summary>
public sealed class HalfOpen(ITestOutputHelper output)
{
    private const int Clients = 10;
    private const int Messages = 20;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1); // that Relaxed gives to who was missed
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WellBelowSignalR = TimeSpan.FromSeconds(28);

    [Fact]
    public async Task Both_sides_find_out_by_themselves_and_nothing_is_lost()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using Cable cable = new(server.Url);
        await using var ann = await Guest.Register(server.Url, "ann");
        var lobby = ann.Session.Lobby!.Value;
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Sdk.Register(cable.Url, $"client-{number}")));
        List<long>[] heard = [.. clients.Select(_ => new List<long>())];
        foreach (var (client, seqs) in clients.Zip(heard)) client.OnMessage((_, message) => seqs.Add(message.Seq));

        cable.IsCut = true; // else they were back before anybody could miss them
        var noticed = Task.WhenAll(clients.Select(Noticed));
        var pulled = Stopwatch.GetTimestamp();
        cable.Pull().Should().Be(Clients);
        for (var number = 0; number < Messages; number++) (await ann.Send(lobby, "is anybody there?")).Ok.Should().BeTrue();
        await Eventually.Is(() => Missed(ann) == Clients, "the server misses them all", WellBelowSignalR);
        var missed = Stopwatch.GetElapsedTime(pulled) - Grace;
        var latest = Stopwatch.GetElapsedTime(pulled, (await noticed.WaitAsync(Patience)).Max());
        await Eventually.Is(() => cable.ServerGaveUp.Count == Clients && cable.ClientsGaveUp.Count == Clients, "both sides gave up", Patience);
        cable.IsCut = false;
        await Eventually.Is(() => heard.All(seqs => seqs.Count >= Messages), "everybody is back and has everything", Patience);

        latest.Should().BeLessThan(WellBelowSignalR);
        output.Tell($"half-open: found by the server after {missed.TotalSeconds:0.0} s at most (its socket is gone after {cable.ServerGaveUp.Max().TotalSeconds:0.0} s), by the client after {latest.TotalSeconds:0.0} s (its socket is gone after {cable.ClientsGaveUp.Max().TotalSeconds:0.0} s)");
        heard.Should().OnlyContain(seqs => seqs.SequenceEqual(Enumerable.Range(1, Messages).Select(seq => (long)seq)));
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task Who_never_says_a_word_again_is_closed_whatever_was_declared()
    {
        await using var server = await ServerProcess.Start([.. Relaxed.Settings, "--Delivery:AnonymousLimit=10"]);
        await (await Guest.Register(server.Url, "ann")).DisposeAsync();
        await using var declared = await SilentClient.LogIn(server.Url, "ann", heartbeatMs: 5_000);
        await using var stranger = await SilentClient.Connect(server.Url);

        await Task.WhenAll(declared.Closed(), stranger.Closed()).WaitAsync(WellBelowSignalR);
    }

    // The moment in which it knows that its connection is dead.
    private static async Task<long> Noticed(ChatClient client)
    {
        TaskCompletionSource<long> noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hearing = client.OnState(state =>
        {
            if (state == ChatState.Reconnecting) noticed.TrySetResult(Stopwatch.GetTimestamp());
        });
        return await noticed.Task;
    }

    private static int Missed(Guest guest) =>
        guest.Heard.OfType<PresenceNotice>().Where(notice => notice.Presence == Presence.Offline).Select(notice => notice.Person.User).Distinct().Count();
}
