using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>
/// The places of all transcripts that a client follows. Logging in makes every conversation live at its head, so one that nothing is held of
/// begins with what comes first; one that is held goes on without a gap, for which it is resynced after every reconnect.
/// </summary>
internal sealed class Cursors(Func<double> random)
{
    /// <summary>Resyncs at a time; more conversations wait, and share the next one.</summary>
    public const int UnderWay = 4;

    /// <summary>A server that takes longer than this over a resync is given up, with its connection.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly Dictionary<ConversationId, Cursor> _conversations = [];
    private readonly HashSet<Cursor> _behind = [];
    private readonly Dictionary<int, (TimeSpan At, List<Cursor> Cursors)> _asked = [];
    private Cursor? _inbox;
    private long _inboxReplayedTo;
    private int _number;
    private int _refusals;
    private TimeSpan _askAt;

    /// <summary>Whether everything held is known to be up to date, or about to be told.</summary>
    public bool AreFollowing => _behind.Count == 0 && _asked.Count == 0;

    public IReadOnlyList<Place> Places => [.. All.Select(cursor => new Place(cursor.Conversation, cursor.Epoch, cursor.Have))];

    /// <summary>When to come back if nothing happens before: to ask again, or to give up.</summary>
    public TimeSpan? DueAt => Due.Earliest(
        _asked.Count > 0 ? _asked.Values.Min(asked => asked.At) + AnswerLimit : null,
        _behind.Count > 0 && _asked.Count < UnderWay ? _askAt : null);

    private IEnumerable<Cursor> All => _inbox is null ? _conversations.Values : _conversations.Values.Append(_inbox);

    public void Restore(IEnumerable<Place> places)
    {
        foreach (var place in places) Add(new(place.Conversation, place.Epoch, place.Have, Standing.Behind));
    }

    public void Came(EntryBatch batch, List<Effect> effects)
    {
        if (!_conversations.TryGetValue(batch.Conversation, out var cursor))
        {
            cursor = Begin(batch.Conversation, batch.Epoch, batch.From, Standing.Following, effects);
            cursor.ToldFrom = batch.From;
        }
        Take(cursor, new EntryStretch(batch), effects);
    }

    public void Came(InboxBatch batch, List<Effect> effects)
    {
        if (_inbox is null)
        {
            Begin(null, batch.Epoch, batch.From, Standing.Following, effects);
            _inboxReplayedTo = batch.From - 1;
        }
        var before = effects.Count;
        Take(_inbox!, new InboxStretch(batch), effects);
        Announce(before, effects);
    }

    /// <summary>A page of the list was read over the present connection, which has told everything later than the page.</summary>
    public void Listed(ConversationPage page, string epoch, List<Effect> effects)
    {
        foreach (var row in page.Items)
        {
            if (!_conversations.ContainsKey(row.ConversationId)) Begin(row.ConversationId, epoch, row.Head + 1, Standing.Following, effects);
        }
        if (_inbox is not null) return;
        Begin(null, epoch, page.InboxSeq + 1, Standing.Following, effects);
        _inboxReplayedTo = page.InboxSeq;
    }

    public void Lost()
    {
        _asked.Clear();
        _refusals = 0;
        _askAt = TimeSpan.Zero;
        foreach (var cursor in All) Lose(cursor);
    }

    /// <summary>Everything that is behind is asked for, as far as may be asked now.</summary>
    public void Ask(int connection, TimeSpan now, List<Effect> effects)
    {
        while (_behind.Count > 0 && _asked.Count < UnderWay && now >= _askAt)
        {
            var epoch = _behind.First().Epoch;
            var cursors = _behind.Where(cursor => cursor.Epoch == epoch).Take(Limits.ResyncedPerCall).ToList();
            foreach (var cursor in cursors)
            {
                _behind.Remove(cursor);
                cursor.Ask();
            }
            _asked.Add(++_number, (now, cursors));
            effects.Add(new Effect.CallResync(connection, _number, new Resync
            {
                Epoch = epoch,
                Have = cursors.Where(cursor => cursor.Conversation is not null).ToDictionary(cursor => cursor.Conversation!.Value, cursor => cursor.Have),
                InboxSeq = cursors.Find(cursor => cursor.Conversation is null)?.Have
            }));
        }
    }

    public bool IsOverdue(TimeSpan now) => _asked.Values.Any(asked => now >= asked.At + AnswerLimit);

    public void Answered(int number, ResyncResult result, List<Effect> effects)
    {
        if (!_asked.Remove(number, out var asked)) return;
        _refusals = 0;
        var before = effects.Count;
        var places = result.Conversations.ToLookup(resynced => (ConversationId?)resynced.Conversation);
        foreach (var cursor in asked.Cursors)
        {
            if (cursor.Conversation is null && result.Inbox is { } inbox)
            {
                _inboxReplayedTo = inbox.Head;
                cursor.Answer(result.Epoch, inbox.From, inbox.Reset is true, effects);
            }
            else if (places[cursor.Conversation].FirstOrDefault() is { } resynced)
            {
                cursor.Answer(result.Epoch, resynced.From, resynced.Reset is true, effects);
            }
            else
            {
                Remove(cursor);
                effects.Add(new Effect.Forget(cursor.Conversation));
            }
            Watch(cursor);
        }
        Announce(before, effects);
    }

    /// <summary>Asks again after a while.</summary>
    public void Refused(int number, Refusal refusal, TimeSpan now)
    {
        if (!_asked.Remove(number, out var asked)) return;
        foreach (var cursor in asked.Cursors) Lose(cursor);
        _askAt = now + Backoff.After(refusal.RetryAfterMs, _refusals++, random());
    }

    /// <summary>
    /// A conversation that the inbox announces is heard from the joining on. What the inbox replays was not live when it happened, so it is asked for;
    /// where the conversation was told of before it was announced, what lies between is reported.
    /// </summary>
    private void Announce(int before, List<Effect> effects)
    {
        var announced = effects.Skip(before).OfType<Effect.ApplyInbox>()
            .SelectMany(applied => applied.Batch.Entries.OfType<ConversationAdded>(), (applied, added) => (applied.Batch.Epoch, Added: added)).ToList();
        foreach (var (epoch, added) in announced)
        {
            if (!_conversations.TryGetValue(added.Conversation, out var cursor))
                Begin(added.Conversation, epoch, added.JoinedSeq, added.Seq <= _inboxReplayedTo ? Standing.Behind : Standing.Following, effects);
            else if (cursor.ToldFrom > added.JoinedSeq)
                effects.Add(new Effect.Skip(added.Conversation, new(added.JoinedSeq, cursor.ToldFrom.Value - 1)));
            if (cursor is not null) cursor.ToldFrom = null;
        }
    }

    private void Take(Cursor cursor, Stretch stretch, List<Effect> effects)
    {
        cursor.Take(stretch, effects);
        Watch(cursor);
    }

    private void Lose(Cursor cursor)
    {
        cursor.Lose();
        Watch(cursor);
    }

    private Cursor Begin(ConversationId? conversation, string epoch, long from, Standing standing, List<Effect> effects)
    {
        effects.Add(new Effect.Begin(conversation, from));
        return Add(new(conversation, epoch, from - 1, standing));
    }

    private Cursor Add(Cursor cursor)
    {
        if (cursor.Conversation is { } conversation) _conversations[conversation] = cursor;
        else _inbox = cursor;
        Watch(cursor);
        return cursor;
    }

    private void Remove(Cursor cursor)
    {
        if (cursor.Conversation is { } conversation) _conversations.Remove(conversation);
        else _inbox = null;
    }

    private void Watch(Cursor cursor)
    {
        if (cursor.Standing == Standing.Behind) _behind.Add(cursor);
    }
}
