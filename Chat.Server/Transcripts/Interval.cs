namespace Chat.Server.Transcripts;

/// <summary>One membership as the seqs that it lets a user read, both ends included.</summary>
/// <param name="Joined">The entry that began it.</param>
/// <param name="First">Below <paramref name="Joined"/> where history was shared.</param>
/// <param name="Last">The entry that ended it; none while the user is a member.</param>
internal readonly record struct Interval(long Joined, long First, long? Last)
{
    public bool IsOpen => Last is null;

    public bool Holds(long seq) => seq >= First && (Last is null || seq <= Last);
}
