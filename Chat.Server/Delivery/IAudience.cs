using Chat.Contracts;

namespace Chat.Server.Delivery;

/// <summary>
/// Who hears what is ephemeral: typing, presence, profiles, read marks, announcements. Never waited for, allowed to be lost.
/// What is durable is told by the feeds alone.
/// </summary>
internal interface IAudience
{
    /// <summary>Every connection, on this node, of every member, but for those of some users.</summary>
    IChatClient MembersOf(ConversationId conversation, params IEnumerable<UserId> except);

    /// <summary>Every connection of some users.</summary>
    IChatClient DevicesOf(params IEnumerable<UserId> users);

    /// <summary>Every connection that is logged in.</summary>
    IChatClient Everybody { get; }
}
