using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Transcripts;

namespace Chat.Tests.Delivery;

public sealed class TailTests
{
    private const int Quiet = 10;

    [Fact]
    public void What_those_who_come_late_made_of_a_quiet_feed_goes_as_well()
    {
        Tail tail = new();
        for (var sweeps = 0; sweeps < Quiet; sweeps++) tail.Sweep();
        StoredEntry entry = new(new("c1"), 1, EntryKind.Message, new("u1"), DateTimeOffset.UnixEpoch, null, null, "{}", Deleted: false);
        Frame frame = new(nameof(IChatClient.EntriesAppended), entry);
        tail.Keep(1, 1, frame, [entry], tail.Erasures);
        tail.Frame(1, 1, Visibility.Everything, out _).Should().BeSameAs(frame);

        tail.Sweep();

        tail.Frame(1, 1, Visibility.Everything, out _).Should().BeNull();
    }
}
