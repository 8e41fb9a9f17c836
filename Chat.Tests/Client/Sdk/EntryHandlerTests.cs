using Chat.Client;
using Chat.Client.Reading;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

public sealed class EntryHandlerTests
{
    private static readonly ConversationId Plans = new("plans");

    [Fact]
    public async Task What_cannot_be_read_just_now_is_read_later_though_nobody_speaks_again()
    {
        ManualClock clock = new();
        TaskCompletionSource<long> handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<Exception> reported = [];
        var tries = 0;
        using EntryHandler handler = new(
            (_, entry) =>
            {
                handled.TrySetResult(entry.Seq);
                return Task.CompletedTask;
            },
            (_, after, _) => tries++ == 0
                ? throw new ChatRefusedException(Refusal.ServerBusy)
                : Task.FromResult(new Told("epoch", after + 1, after + 1, [new Entry { Seq = after + 1 }])),
            reported.Add,
            clock);
        handler.Begin(Plans, after: 3);

        handler.Hear(Plans, head: 4);
        await Eventually.Is(() => clock.NextRing is not null, "it waits as long as the server says");
        clock.Advance(TimeSpan.FromMilliseconds(500));

        (await handled.Task.Soon()).Should().Be(4);
        reported.Should().ContainSingle().Which.Should().BeOfType<ChatRefusedException>();
    }
}
