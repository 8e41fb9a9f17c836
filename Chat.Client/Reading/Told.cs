using Chat.Contracts;

namespace Chat.Client.Reading;

/// <summary>A part of a transcript, whether it was told or read back.</summary>
internal sealed record Told(string Epoch, long From, long To, IReadOnlyList<Entry> Entries)
{
    public static Told By(EntryBatch batch) => new(batch.Epoch, batch.From, batch.To, batch.Entries);
    public static Told By(TranscriptPage page) => new(page.Epoch, page.From, page.To, page.Entries);
}
