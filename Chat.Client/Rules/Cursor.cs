using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>Whether a cursor moves with what is told, or has to be brought up to it first.</summary>
internal enum Standing { Following, Behind, Asked }

/// <summary>How far one transcript is held. It never passes over a seq without saying so, and never takes one twice.</summary>
/// <param name="conversation">Null for the inbox.</param>
internal sealed class Cursor(ConversationId? conversation, string epoch, long have, Standing standing)
{
    /// <summary>Batches that may wait for the answer to a resync; a connection that brings more is asked once more.</summary>
    public const int HeldLength = 256;

    private readonly List<Stretch> _held = [];
    private bool _overflowed;

    public ConversationId? Conversation => conversation;

    public string Epoch { get; private set; } = epoch;

    public long Have { get; private set; } = have;

    public Standing Standing { get; private set; } = standing;

    /// <summary>Where it began, if that was with a batch that nobody had announced; null once it was.</summary>
    public long? ToldFrom { get; set; }

    public void Take(Stretch stretch, List<Effect> effects)
    {
        // Once asked, the server tells again from our place on, and its answer says whether that place still counts: what comes before it waits for it.
        if (Standing == Standing.Asked) Hold(stretch);
        else if (Standing == Standing.Behind) return;
        else if (stretch.Epoch != Epoch) Standing = Standing.Behind;
        else if (stretch.To <= Have) return;
        else if (stretch.From > Have + 1) Standing = Standing.Behind;
        else Apply(stretch, effects);
    }

    public void Ask() => Standing = Standing.Asked;

    /// <summary>The connection is gone, or the resync was refused: only a new one can tell what was missed.</summary>
    public void Lose()
    {
        Standing = Standing.Behind;
        _held.Clear();
        _overflowed = false;
    }

    /// <summary>A resync was answered: what comes by events starts at <paramref name="from"/>.</summary>
    public void Answer(string epoch, long from, bool reset, List<Effect> effects)
    {
        if (reset || epoch != Epoch)
        {
            Epoch = epoch;
            Have = from - 1;
            ToldFrom = null;
            effects.Add(new Effect.Begin(conversation, from));
        }
        else if (from > Have + 1)
        {
            effects.Add(new Effect.Skip(conversation, new(Have + 1, from - 1)));
            Have = from - 1;
        }
        Standing = _overflowed ? Standing.Behind : Standing.Following;

        // What still leaves a gap was written before the server moved its cursor, and comes again in its turn.
        foreach (var stretch in _held.OrderBy(stretch => stretch.From))
        {
            if (stretch.Epoch == Epoch && stretch.To > Have && stretch.From <= Have + 1) Apply(stretch, effects);
        }
        _held.Clear();
        _overflowed = false;
    }

    private void Apply(Stretch stretch, List<Effect> effects)
    {
        effects.Add(stretch.Above(Have));
        Have = stretch.To;
    }

    private void Hold(Stretch stretch)
    {
        if (_held.Count < HeldLength) _held.Add(stretch);
        else _overflowed = true;
    }
}
