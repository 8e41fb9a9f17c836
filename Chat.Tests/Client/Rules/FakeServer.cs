using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

/// <summary>
/// A server as small as can be that keeps the promises of the real one: dense transcripts, one entry per client message id, conversations live at
/// their heads from log-in on, cursors that a resync moves. It skips and resets far sooner than the real one.
/// </summary>
internal sealed class FakeServer(Random random)
{
    private const int ResyncBehind = 8;
    private const int ResyncTail = 3;

    private readonly Dictionary<ConversationId, long> _cursors = [];
    private long _inboxCursor;
    private int _epoch = 1;

    public Dictionary<ConversationId, List<Entry>> Transcripts { get; } = [];

    /// <summary>The entries that the user may not see.</summary>
    public HashSet<Entry> Secret { get; } = [];

    public List<InboxEntry> Inbox { get; } = [];

    public string Epoch => $"e{_epoch}";

    public bool IsLoggedIn { get; private set; }

    /// <summary>A bad day: sends are refused for a while, some of them although they were stored.</summary>
    public bool IsBusy { get; set; }

    public void Disconnect()
    {
        IsLoggedIn = false;
        _cursors.Clear();
    }

    public void AddConversation(ConversationId conversation, int before)
    {
        Transcripts[conversation] = [];
        for (var number = 0; number < before; number++) Say(conversation, isSecret: true);
        Append(conversation, new Joined { Author = Given.Ann, Member = Given.Me });
        var joined = Transcripts[conversation].Count;
        Inbox.Add(new ConversationAdded(conversation, joined, joined) { Seq = Inbox.Count + 1 });
        if (IsLoggedIn) _cursors[conversation] = joined - 1;
    }

    public void Say(ConversationId conversation, bool isSecret)
    {
        Append(conversation, Given.Message(0, $"d{random.Next(50)}")); // ids are unique per user only
        if (isSecret) Secret.Add(Transcripts[conversation][^1]);
    }

    /// <summary>An older backup is restored; its history goes on under another name.</summary>
    public void Restore()
    {
        _epoch++;
        Disconnect();
        foreach (var transcript in Transcripts.Values)
        {
            // The joining stays in: a backup without it would leave the user out of the conversation.
            var joined = transcript.FindIndex(entry => entry is Joined);
            var kept = random.Next(joined + 1, transcript.Count + 1);
            transcript.RemoveRange(kept, transcript.Count - kept);
        }
    }

    public Answer<Session> Greet()
    {
        if (IsBusy && random.Next(3) == 0) return Refusal.ServerBusy;
        IsLoggedIn = true;
        foreach (var (conversation, transcript) in Transcripts) _cursors[conversation] = transcript.Count;
        _inboxCursor = Inbox.Count;
        return Given.SessionOf(Epoch);
    }

    public Answer<ConversationPage> List() => new ConversationPage(
        [.. Transcripts.Select(one => new Conversation(one.Key, ConversationKind.Conference, [], 2, one.Value.Count, 0, 0, 0))], null, Inbox.Count);

    public Answer<ResyncResult> Resync(Resync request)
    {
        if (IsBusy && random.Next(3) == 0) return Refusal.ServerBusy;
        var isThisHistory = request.Epoch == Epoch;
        List<Resynced> resynced = [];
        foreach (var (conversation, have) in request.Have.Where(one => Transcripts.ContainsKey(one.Key)))
        {
            var (position, reset, skipped) = Start(have, isThisHistory, Transcripts[conversation].Count);
            _cursors[conversation] = position;
            resynced.Add(new(conversation, position + 1, Transcripts[conversation].Count) { Reset = reset, Skipped = skipped });
        }
        if (request.InboxSeq is not { } seq) return new ResyncResult(Epoch, resynced, null);
        var start = Start(seq, isThisHistory, Inbox.Count);
        _inboxCursor = start.Position;
        return new ResyncResult(Epoch, resynced, new(start.Position + 1, Inbox.Count) { Reset = start.Reset, Skipped = start.Skipped });
    }

    public Answer<Receipt> Store(Draft draft)
    {
        if (IsBusy && random.Next(2) == 0) return random.Next(2) == 0 ? Refusal.ServerBusy : Refusal.RateLimited.RetryAfter(TimeSpan.FromSeconds(2));
        if (draft is MessageDraft { Request.Text: "bad" }) return Refusal.TextEmpty;
        var transcript = Transcripts[draft.Conversation];
        var place = transcript.FindIndex(entry => IdOf(entry) == draft.ClientMessageId);
        if (place < 0)
        {
            Append(draft.Conversation, draft is ReactDraft react
                ? new Reacted { Author = Given.Me, ClientMessageId = draft.ClientMessageId, Target = react.Request.Seq, Emoji = react.Request.Emoji }
                : Given.Message(0, draft.ClientMessageId.Value, Given.Me));
        }
        if (IsBusy && random.Next(3) == 0) return Refusal.OutcomeUnknown;
        return new Receipt(draft.Conversation, place < 0 ? transcript.Count : place + 1, DateTimeOffset.UnixEpoch, place >= 0);
    }

    /// <summary>The next batch of some transcript that the connection is behind; null where it is behind in none.</summary>
    public object? NextBatch()
    {
        if (!IsLoggedIn) return null;
        var behind = _cursors.Where(cursor => cursor.Value < Transcripts[cursor.Key].Count).Select(cursor => cursor.Key).ToList();
        var pick = random.Next(behind.Count + 1);
        if (_inboxCursor < Inbox.Count && pick == behind.Count)
        {
            var to = random.Next((int)_inboxCursor + 1, Inbox.Count + 1);
            InboxBatch batch = new(Epoch, _inboxCursor + 1, to, Inbox[(int)_inboxCursor..to]);
            _inboxCursor = to;
            return batch;
        }
        return behind.Count == 0 ? null : BatchOf(behind[Math.Min(pick, behind.Count - 1)]);
    }

    /// <summary>The id of the draft that an entry of this client's user came from.</summary>
    public static ClientMessageId? IdOf(Entry entry) => entry.Author != Given.Me ? null : (entry as Message)?.ClientMessageId ?? (entry as Amendment)?.ClientMessageId;

    private EntryBatch BatchOf(ConversationId conversation)
    {
        var (transcript, position) = (Transcripts[conversation], (int)_cursors[conversation]);
        var to = random.Next(position + 1, transcript.Count + 1);
        var stretch = transcript[position..to];
        _cursors[conversation] = to;
        return new(conversation, Epoch, position + 1, to, [.. stretch.Where(entry => !Secret.Contains(entry))],
            [.. stretch.Where(Secret.Contains).Select(entry => new Hole(entry.Seq, entry.Seq))]);
    }

    private static (long Position, bool? Reset, Hole? Skipped) Start(long have, bool isThisHistory, long head)
    {
        var tail = Math.Max(0, head - ResyncTail);
        if (!isThisHistory || have > head) return (tail, true, null);
        return head - have > ResyncBehind ? (tail, null, new(have + 1, tail)) : (have, null, null);
    }

    private void Append(ConversationId conversation, Entry entry) => Transcripts[conversation].Add(entry with { Seq = Transcripts[conversation].Count + 1 });
}
