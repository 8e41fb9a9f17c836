using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Client;

/// <summary>One method for each way of SignalR to speak, and some to end the connection.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "SignalR calls instance methods only.")]
public sealed class TransportHub(Channel<Exception?> departures) : Hub
{
    public override async Task OnDisconnectedAsync(Exception? exception) => await departures.Writer.WriteAsync(exception);

    public string Echo(string text) => text;
    public string? Header(string name) => Context.GetHttpContext()!.Request.Headers[name];
    public string? Query(string name) => Context.GetHttpContext()!.Request.Query[name];

    public Task Note(string text) => Clients.Caller.SendAsync("Noted", text);
    public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);
    public Task Tell(string group, string text) => Clients.Group(group).SendAsync("Told", text);
    public async Task<string> AskBack(string question) =>
        "You said: " + await Clients.Caller.InvokeAsync<string>("Answer", question, Context.ConnectionAborted);

    public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var number = 1; number <= to; number++)
        {
            cancel.ThrowIfCancellationRequested();
            yield return number;
        }
        await Task.CompletedTask;
    }

    public async Task<int> Sum(IAsyncEnumerable<int> numbers) => await numbers.SumAsync(Context.ConnectionAborted);

    public async IAsyncEnumerable<string> Shout(IAsyncEnumerable<string> words)
    {
        await foreach (var word in words) yield return word.ToUpperInvariant();
    }

    public void Close() => Context.Abort();
    public void Cut() => Context.GetHttpContext()!.Abort();
}
