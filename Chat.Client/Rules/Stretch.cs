using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>A batch as a cursor sees it, be it a conversation's or the inbox's.</summary>
internal abstract record Stretch(string Epoch, long From, long To)
{
    /// <summary>The part of it that lies above a place.</summary>
    public abstract Effect Above(long have);
}

internal sealed record EntryStretch(EntryBatch Batch) : Stretch(Batch.Epoch, Batch.From, Batch.To)
{
    public override Effect Above(long have) => new Effect.Apply(have < From ? Batch : Batch with
    {
        From = have + 1,
        Entries = [.. Batch.Entries.Where(entry => entry.Seq > have)],
        Holes = [.. Batch.Holes.Where(hole => hole.To > have).Select(hole => hole with { From = Math.Max(hole.From, have + 1) })]
    });
}

internal sealed record InboxStretch(InboxBatch Batch) : Stretch(Batch.Epoch, Batch.From, Batch.To)
{
    public override Effect Above(long have) => new Effect.ApplyInbox(have < From ? Batch : Batch with
    {
        From = have + 1,
        Entries = [.. Batch.Entries.Where(entry => entry.Seq > have)]
    });
}
