using System.Runtime.CompilerServices;
using Chat.Contracts;

namespace Chat.Client.Reading;

/// <summary>Reads one conversation: what was, and what comes.</summary>
/// <param name="ask">Reads a page, over as many connections as it takes.</param>
internal sealed class TranscriptReader(ConversationId conversation, Feeds feeds, Func<ReadTranscript, CancellationToken, Task<TranscriptPage>> ask)
{
    /// <summary>Entries that wait for a reader at most; one who is slower reads the rest from the transcript.</summary>
    private const int Room = 256;

    /// <summary>The last so many entries, then what comes, without an end.</summary>
    public async IAsyncEnumerable<Entry> Tail(int tail, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Listening starts before reading; what comes twice is dropped by its number.
        Follower follower = new(conversation, Room);
        feeds.Add(follower);
        try
        {
            var page = await ask(new ReadTranscript { Conversation = conversation, Limit = Math.Max(tail, 1) }, cancel).ConfigureAwait(false);
            follower.Start(page);
            if (tail > 0)
            {
                foreach (var entry in page.Entries) yield return entry;
            }
            await foreach (var entry in Live(follower, cancel).ConfigureAwait(false)) yield return entry;
        }
        finally
        {
            feeds.Remove(follower);
        }
    }

    /// <summary>What lies behind a seq, then what comes, without an end.</summary>
    public async IAsyncEnumerable<Entry> After(long seq, [EnumeratorCancellation] CancellationToken cancel)
    {
        Follower follower = new(conversation, seq, Room);
        feeds.Add(follower);
        try
        {
            foreach (var entry in follower.Take(await Read(follower, seq, cancel).ConfigureAwait(false))) yield return entry;
            await foreach (var entry in Live(follower, cancel).ConfigureAwait(false)) yield return entry;
        }
        finally
        {
            feeds.Remove(follower);
        }
    }

    /// <summary>From before a seq (or the head) down to the first that is readable.</summary>
    public async IAsyncEnumerable<Entry> Backwards(long? before, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (before is not 1)
        {
            var page = await ask(new ReadTranscript { Conversation = conversation, Before = before, Limit = Limits.PageOfEntries }, cancel).ConfigureAwait(false);
            foreach (var entry in page.Entries.Reverse()) yield return entry;
            if (page.To < page.From) yield break;
            before = page.From;
        }
    }

    /// <summary>From behind a seq up to the head.</summary>
    public async IAsyncEnumerable<Entry> Forwards(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var page = await ask(new ReadTranscript { Conversation = conversation, After = after, Limit = Limits.PageOfEntries }, cancel).ConfigureAwait(false);
            foreach (var entry in page.Entries) yield return entry;
            if (page.To <= after) yield break;
            after = page.To;
        }
    }

    /// <summary>The next page for a follower, which hears what more there is.</summary>
    public async Task<Told> Read(Follower follower, long after, CancellationToken cancel)
    {
        var page = await ask(new ReadTranscript { Conversation = conversation, After = after, Limit = Limits.PageOfEntries }, cancel).ConfigureAwait(false);
        follower.Hear(page.Head);
        return Told.By(page);
    }

    private async IAsyncEnumerable<Entry> Live(Follower follower, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var entries = follower.Take();
            if (entries is null && follower.Missing is { } missing) entries = follower.Take(await Read(follower, missing, cancel).ConfigureAwait(false));
            if (entries is null) await follower.Rung(cancel).ConfigureAwait(false);
            foreach (var entry in entries ?? []) yield return entry;
        }
    }
}
