using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>The drafts of one conversation. Only the first is ever under way, so that none overtakes another.</summary>
internal sealed class Lane
{
    private readonly List<Draft> _drafts = [];

    // About the first draft.
    private TimeSpan? _sentAt;
    private TimeSpan _waitUntil;
    private int _refusals;

    // Numbers the tries of this lane, so that the refusal of an older one does not count.
    private int _try;

    public IReadOnlyList<Draft> Drafts => _drafts;

    /// <summary>When the first draft is to be sent, or sent again.</summary>
    public TimeSpan DueAt => _sentAt is { } sent ? sent + Outbox.AnswerLimit : _waitUntil;

    public void Add(Draft draft) => _drafts.Add(draft);

    public Effect Send(int connection, TimeSpan now)
    {
        _sentAt = now;
        return new Effect.Send(connection, _drafts[0], ++_try);
    }

    /// <summary>Whoever was to answer cannot any more.</summary>
    public void Lose() => _sentAt = null;

    /// <summary>The refused draft, if it is the one under way and this is its latest try: an older one's refusal is overtaken.</summary>
    public Draft? Refused(ClientMessageId id, int attempt) =>
        _sentAt is not null && attempt == _try && _drafts[0].ClientMessageId == id ? _drafts[0] : null;

    public void Wait(TimeSpan now, Refusal refusal, Func<double> random)
    {
        _sentAt = null;
        _waitUntil = now + Backoff.After(refusal.RetryAfterMs, _refusals++, random());
    }

    /// <summary>Takes a draft out, wherever it stands; the next goes on.</summary>
    public Draft? Remove(ClientMessageId id)
    {
        var place = _drafts.FindIndex(draft => draft.ClientMessageId == id);
        if (place < 0) return null;
        var draft = _drafts[place];
        _drafts.RemoveAt(place);
        if (place > 0) return draft;
        _sentAt = null;
        _waitUntil = TimeSpan.Zero;
        _refusals = 0;
        return draft;
    }
}
