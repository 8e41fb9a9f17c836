using Chat.Contracts;

namespace Chat.Client;

/// <summary>A message to be sent, with what belongs to it besides its text.</summary>
/// <param name="Text">1 to <see cref="Limits.TextLength"/> bytes of UTF-8, not only white space.</param>
public sealed record NewMessage(string Text)
{
    /// <summary>The seq of the message in the same conversation that this one answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>User names of members, at most <see cref="Limits.Mentions"/>; who is not a member is passed over.</summary>
    public IReadOnlyList<string>? Mentions { get; init; }

    /// <summary>
    /// Made by the client unless given. A program that keeps its own outbox gives one, and the same again after a restart: the message is
    /// stored once.
    /// </summary>
    public ClientMessageId? ClientMessageId { get; init; }
}
