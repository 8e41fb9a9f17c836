using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>
/// What a user asked to have sent and is not known to be stored. It promises:
/// 1. drafts of one conversation are sent in the order queued, the next only when the one before is stored or refused for good;
/// 2. a draft whose outcome is not known is sent again with the same id, so that it is stored once;
/// 3. each draft leaves it exactly once: stored (whether its answer or its entry says so first) or failed.
/// </summary>
internal sealed class Outbox(Func<double> random)
{
    /// <summary>After this long without an answer a draft is sent again.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly Dictionary<ConversationId, Lane> _lanes = [];

    /// <summary>All drafts, those of one conversation in order.</summary>
    public IReadOnlyList<Draft> Drafts => [.. _lanes.Values.SelectMany(lane => lane.Drafts)];

    public TimeSpan? DueAt => _lanes.Count == 0 ? null : _lanes.Values.Min(lane => lane.DueAt);

    /// <summary>False where it is in it already.</summary>
    public bool Add(Draft draft)
    {
        if (!_lanes.TryGetValue(draft.Conversation, out var lane)) _lanes.Add(draft.Conversation, lane = new());
        if (lane.Drafts.Any(other => other.ClientMessageId == draft.ClientMessageId)) return false;
        lane.Add(draft);
        return true;
    }

    /// <summary>The connection is live: what is due is sent.</summary>
    public void Send(int connection, TimeSpan now, List<Effect> effects)
    {
        foreach (var lane in _lanes.Values)
        {
            if (lane.DueAt <= now) effects.Add(lane.Send(connection, now));
        }
    }

    public void Lost()
    {
        foreach (var lane in _lanes.Values) lane.Lose();
    }

    /// <summary>An answer or an entry says where a draft is stored. Of the two, the later finds nothing and is passed over.</summary>
    public void Stored(ConversationId conversation, ClientMessageId id, long seq, DateTimeOffset sentAt, List<Effect> effects)
    {
        if (Remove(conversation, id) is { } draft) effects.Add(new Effect.Stored(draft, seq, sentAt));
    }

    /// <summary>One's own entries take the place of the drafts they came from, whether or not the answer was heard.</summary>
    public void Recognise(UserId me, List<Effect> effects)
    {
        if (_lanes.Count == 0) return;
        foreach (var applied in effects.OfType<Effect.Apply>().ToList())
        {
            foreach (var entry in applied.Batch.Entries.Where(entry => entry.Author.User == me))
            {
                var id = (entry as Message)?.ClientMessageId ?? (entry as Amendment)?.ClientMessageId;
                if (id is { } its) Stored(applied.Batch.Conversation, its, entry.Seq, entry.SentAt, effects);
            }
        }
    }

    public void Refused(ClientMessageId id, int attempt, Refusal refusal, TimeSpan now, List<Effect> effects)
    {
        foreach (var lane in _lanes.Values)
        {
            if (lane.Refused(id, attempt) is not { } draft) continue;
            if (refusal.Retryable) lane.Wait(now, refusal, random);
            else Fail(draft, refusal, effects);
            return;
        }
    }

    /// <summary>The server's history is this one: amendments that name a seq of another would hit the wrong message.</summary>
    public void Enter(string epoch, List<Effect> effects)
    {
        foreach (var draft in Drafts)
        {
            if (draft.NamesASeq && draft.Epoch is { } other && other != epoch) Fail(draft, Refusal.NoSuchMessage, effects);
        }
    }

    private void Fail(Draft draft, Refusal refusal, List<Effect> effects)
    {
        Remove(draft.Conversation, draft.ClientMessageId);
        effects.Add(new Effect.Failed(draft, refusal));
    }

    private Draft? Remove(ConversationId conversation, ClientMessageId id)
    {
        if (!_lanes.TryGetValue(conversation, out var lane) || lane.Remove(id) is not { } draft) return null;
        if (lane.Drafts.Count == 0) _lanes.Remove(conversation);
        return draft;
    }
}
