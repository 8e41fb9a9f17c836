using Chat.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Bench.Micro;

/// <summary>What travels, as large as it is in the other scenarios.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_767_614_400_123);

    public static string Text { get; } = new('.', 100);

    /// <summary>So many messages, told to a client.</summary>
    public static InvocationMessage Told(int messages) => new(nameof(IChatClient.EntriesAppended), [new EntryBatch(new("c1"), "epoch", 1, messages, [.. Enumerable.Range(1, messages).Select(Message)], [])]);

    /// <summary>One message, sent by a client.</summary>
    public static InvocationMessage Sent() =>
        new("1", nameof(IChatHub.SendMessage), [new SendMessage { Conversation = new("c1"), ClientMessageId = ClientMessageId.New(TimeProvider.System), Text = Text }]);

    private static Message Message(int seq) => new()
    {
        Seq = seq,
        SentAt = Time,
        Author = new(new("u1"), "ann", "Ann"),
        ClientMessageId = ClientMessageId.New(TimeProvider.System),
        Text = Text,
    };
}
