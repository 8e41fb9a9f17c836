using System.Runtime.CompilerServices;
using Chat.Contracts;

namespace Chat.Client;

/// <remarks>
/// Reading: entries come in order of seq, each once, and nothing is left out but what is not for the reader, whatever happens to the connection.
/// A reader may take all the time it wants: what it has not read is not kept here but read from the transcript when its turn comes. One that asks
/// for more than the server gives at a time (<c>rateLimited</c>) waits until there is more.
/// Live, an entry comes as it was appended; read back, a message has its present text, its reactions, and no text once it is deleted.
/// Where the operator restored an older backup, reading goes on with what that history tells.
/// </remarks>
public sealed partial class ChatConversation
{
    private const int UsualTail = 50;

    /// <summary>The messages among the last 50 entries, then each new message as it comes, until cancelled.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>; <c>sessionEnded</c>.</exception>
    public IAsyncEnumerable<Message> MessagesAsync(CancellationToken cancel = default) => MessagesAsync(UsualTail, cancel);

    /// <summary>The messages among the last entries, then each new message as it comes, until cancelled.</summary>
    /// <param name="tail">How many entries to begin with, 0 to 200; fewer where long texts fill the page.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>; <c>sessionEnded</c>.</exception>
    public IAsyncEnumerable<Message> MessagesAsync(int tail, CancellationToken cancel = default) => Messages(EntriesAsync(tail, cancel), cancel);

    /// <summary>The last 50 entries of all kinds, then each new one as it comes, until cancelled.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>; <c>sessionEnded</c>.</exception>
    public IAsyncEnumerable<Entry> EntriesAsync(CancellationToken cancel = default) => EntriesAsync(UsualTail, cancel);

    /// <summary>The last entries of all kinds, then each new one as it comes, until cancelled.</summary>
    /// <param name="tail">How many entries to begin with, 0 to 200; fewer where long texts fill the page.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>; <c>sessionEnded</c>.</exception>
    public IAsyncEnumerable<Entry> EntriesAsync(int tail, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tail);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tail, Limits.PageOfEntries);
        return _chat.Read(Id).Tail(tail, cancel);
    }

    /// <summary>All entries behind a place, then each new one as it comes, until cancelled: for whoever keeps how far they have read.</summary>
    /// <param name="seq">The last seq that is known; 0 for none.</param>
    /// <param name="cancel">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>; <c>sessionEnded</c>.</exception>
    public IAsyncEnumerable<Entry> EntriesAfterAsync(long seq, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seq);
        return _chat.Read(Id).After(seq, cancel);
    }

    /// <summary>What was, newest first, down to the first entry that one may read. Asks for a page of 200 whenever one is used up.</summary>
    /// <param name="before">Begins below this seq; at the newest where it is left out.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>.</exception>
    public IAsyncEnumerable<Entry> HistoryAsync(long? before = null, CancellationToken cancel = default) => _chat.Read(Id).Backwards(before, cancel);

    /// <summary>What was, oldest first, up to the newest entry there is by then.</summary>
    /// <param name="after">Begins above this seq.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>.</exception>
    public IAsyncEnumerable<Entry> HistoryAfterAsync(long after, CancellationToken cancel = default) => _chat.Read(Id).Forwards(after, cancel);

    /// <summary>One page: the entries below <paramref name="before"/>, or above <paramref name="after"/>, or with neither the newest.</summary>
    /// <param name="limit">1 to 200; a page of long texts ends before it.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>, <c>invalid</c>.</exception>
    public Task<TranscriptPage> PageAsync(long? before = null, long? after = null, int limit = UsualTail, CancellationToken cancel = default) =>
        _chat.ReadPage(new ReadTranscript { Conversation = Id, Before = before, After = after, Limit = limit }, cancel);

    private static async IAsyncEnumerable<Message> Messages(IAsyncEnumerable<Entry> entries, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var entry in entries.WithCancellation(cancel).ConfigureAwait(false))
        {
            if (entry is Message message) yield return message;
        }
    }
}
