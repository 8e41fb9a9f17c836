using Chat.Contracts;

namespace Chat.Tests.Safety;

/// <summary>What differs between two worlds.</summary>
internal sealed record Secrets(bool IsOdd)
{
    private static readonly string[] Emojis = ["🎉", "🚢", "⚓", "🌊"];

    public string Text => IsOdd ? "meet me at the harbour" : "nothing to see here, @eve";
    public string Title => IsOdd ? "The harbour" : "";

    /// <summary>How many of what even the number is secret.</summary>
    public int Many => IsOdd ? 5 : 2;

    /// <summary>The nth entry about a message of one's own: always exactly one, and it moves no read mark.</summary>
    public Task Amend(int nth, Visitor author, ConversationId conversation, long seq) => author.Do(IsOdd
        ? new EditMessage { Conversation = conversation, Seq = seq, ClientMessageId = Visitor.Draft(), Text = $"{Text} at {nth}" }
        : new React { Conversation = conversation, Seq = seq, ClientMessageId = Visitor.Draft(), Emoji = Emojis[nth] });
}
