using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.MessagePack;

/// <summary>Shows a client what it sent, in every way that SignalR has.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "SignalR calls methods of an instance only.")]
public sealed class MirrorHub : Hub
{
    public JsonElement Mirror(JsonElement anything) => anything;

    public Note MirrorNote(Note note) => note;

    public JsonElement[] MirrorBoth(JsonElement first, JsonElement second) => [first, second];

    public void Nothing()
    {
    }

    public Note? Null() => null;

    public string Refuse() => throw new HubException("No.");

    public string Break() => throw new InvalidOperationException("This is for nobody to see.");

    public async IAsyncEnumerable<Note> Count(int to, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var seq = 1; seq <= to; seq++)
        {
            cancel.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return Note.Some() with { Seq = seq };
        }
    }

    public async IAsyncEnumerable<int> CountAndBreak(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i;
        }

        throw new HubException("That is all.");
    }

    public async Task<int> Sum(IAsyncEnumerable<int> numbers, int more)
    {
        await foreach (var number in numbers) more += number;

        return more;
    }

    public Task Tell(Note note) => Clients.Caller.SendAsync("Told", note, note.Tags, null);

    public async Task<Note> AskBack(Note note) => await Clients.Caller.InvokeAsync<Note>("Ask", note, Context.ConnectionAborted);
}
