namespace Chat.Server.Transcripts;

/// <summary>Seqs that a user may read, both ends included; no end while the user is a member.</summary>
internal readonly record struct Interval(long First, long? Last)
{
    public bool Holds(long seq) => seq >= First && (Last is null || seq <= Last);
}
