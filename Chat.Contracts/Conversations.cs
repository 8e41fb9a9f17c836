using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts;

[JsonConverter(typeof(CamelCaseEnumConverter<ConversationKind>))]
public enum ConversationKind { PrivateChat, Conference }

[JsonConverter(typeof(CamelCaseEnumConverter<Role>))]
public enum Role { Member, Owner }

/// <summary>A conversation as the caller may see it.</summary>
/// <param name="Members">In order of joining: at most <see cref="Limits.MembersShown"/>, in a list at most 5; the caller among them.</param>
/// <param name="Head">The highest seq that the caller may read.</param>
/// <param name="ReadSeq">The caller's read mark.</param>
/// <param name="Unread">Readable messages above the read mark, without one's own and those of blocked users; counted up to <see cref="Limits.UnreadCounted"/>.</param>
/// <param name="Mentions">How many of those mention the caller.</param>
public sealed record Conversation(
    [property: JsonPropertyName("conversation")] ConversationId ConversationId, ConversationKind Kind, IReadOnlyList<Member> Members, int MemberCount,
    long Head, long ReadSeq, int Unread, int Mentions)
{
    /// <summary>The short name of an open conference, without the <c>#</c>.</summary>
    public string? Name { get; init; }
    public string? Title { get; init; }

    /// <summary>Absent once the caller has left.</summary>
    public Role? Role { get; init; }

    /// <summary>The private chat whose two members this conference goes on with; its history is not here.</summary>
    public ConversationId? ContinuedFrom { get; init; }

    /// <summary>The lowest seq that the caller may read.</summary>
    public long FirstSeq { get; init; } = 1;

    public DateTimeOffset LastActivityAt { get; init; }
    public Preview? LastMessage { get; init; }
    public bool Pinned { get; init; }
    public bool Muted { get; init; }
    public bool Hidden { get; init; }

    /// <summary>Nobody is left in it.</summary>
    public bool Archived { get; init; }
}

/// <summary>The latest readable message of a conversation: the first 200 characters of its text, absent when it was deleted or its author is blocked.</summary>
public sealed record Preview(long Seq, Person Author, DateTimeOffset SentAt, string? Text);

/// <param name="ReadSeq">How far the member has read; absent for users who blocked the caller.</param>
public sealed record Member(Person Person, Role Role, Presence Presence, long? ReadSeq, DateTimeOffset? LastSeen);

public sealed record StartPrivateChat
{
    /// <summary>A user name; one's own starts a notebook.</summary>
    public required string With { get; init; }
}

public sealed record StartConference
{
    public required OperationId OperationId { get; init; }

    /// <summary>User names of at least two others, at most <see cref="Limits.InvitedPerCall"/>; an open conference may begin with none.</summary>
    public required IReadOnlyList<string> With { get; init; }

    /// <summary>At most <see cref="Limits.TitleLength"/> characters.</summary>
    public string? Title { get; init; }

    /// <summary>Makes it open: anybody may find it under this name and join. Shaped like a user name, unique.</summary>
    public string? OpenName { get; init; }
}

[JsonConverter(typeof(CamelCaseEnumConverter<InviteResult>))]
public enum InviteResult { Added, AlreadyMember, Unknown, Unavailable, Duplicate, Self }

public sealed record Invited(string UserName, InviteResult Result);

/// <param name="Conversation">For a private chat: the new conference.</param>
/// <param name="Invited">One result for each name asked for, in the order asked.</param>
public sealed record ConferenceStarted(Conversation Conversation, IReadOnlyList<Invited> Invited);

[JsonConverter(typeof(CamelCaseEnumConverter<SharedHistory>))]
public enum SharedHistory { None, All, FromSeq }

public sealed record Invite
{
    public required ConversationId Conversation { get; init; }
    public required IReadOnlyList<string> UserNames { get; init; }
    public required OperationId OperationId { get; init; }

    /// <summary>What the newcomers may read of what came before; only owners may share any.</summary>
    [JsonConverter(typeof(NullIsDefaultConverter<SharedHistory>))]
    public SharedHistory History { get; init; }

    /// <summary>With <see cref="SharedHistory.FromSeq"/>: the first seq they may read.</summary>
    public long? FromSeq { get; init; }
}

public sealed record ListConversations
{
    /// <summary>The <c>next</c> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>1 to <see cref="Limits.PageOfConversations"/>; 50 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>Also those that the caller hid or left.</summary>
    [JsonConverter(typeof(NullIsDefaultConverter<bool>))]
    public bool All { get; init; }
}

/// <param name="Items">Pinned first, then newest activity first.</param>
/// <param name="InboxSeq">The rows hold everything up to this place of the caller's inbox; what changes later comes behind it.</param>
public sealed record ConversationPage(IReadOnlyList<Conversation> Items, string? Next, long InboxSeq);

public sealed record GetConversation
{
    public required ConversationId Conversation { get; init; }
}

public sealed record ListMembers
{
    public required ConversationId Conversation { get; init; }
    public string? After { get; init; }

    /// <summary>1 to <see cref="Limits.PageOfConversations"/>; 50 when left out.</summary>
    public int? Limit { get; init; }
}

/// <param name="Items">In order of user names.</param>
public sealed record MemberPage(IReadOnlyList<Member> Items, string? Next, int MemberCount, int OnlineCount);

public sealed record ListOpenConferences
{
    /// <summary>The beginning of a name; all when left out.</summary>
    public string? Text { get; init; }
    public string? After { get; init; }

    /// <summary>1 to <see cref="Limits.PageOfConversations"/>; 50 when left out.</summary>
    public int? Limit { get; init; }
}

public sealed record OpenConference(ConversationId Conversation, string Name, string? Title, int MemberCount, bool Joined);

/// <param name="Items">In order of names.</param>
public sealed record OpenConferencePage(IReadOnlyList<OpenConference> Items, string? Next);

/// <summary>By id or by name; all that was said in an open conference is readable to whoever joins.</summary>
public sealed record JoinConference
{
    public ConversationId? Conversation { get; init; }
    public string? Name { get; init; }
}

public sealed record LeaveConference
{
    public required ConversationId Conversation { get; init; }
}

public sealed record RemoveMember
{
    public required ConversationId Conversation { get; init; }
    public required string UserName { get; init; }
}

public sealed record ChangeRole
{
    public required ConversationId Conversation { get; init; }
    public required string UserName { get; init; }
    public required Role Role { get; init; }
}

public sealed record RenameConference
{
    public required ConversationId Conversation { get; init; }

    /// <summary>At most <see cref="Limits.TitleLength"/> characters; empty takes the title away.</summary>
    public required string Title { get; init; }
}

/// <summary>Hides it from the caller's list until its next message.</summary>
public sealed record HideConversation
{
    public required ConversationId Conversation { get; init; }
}

public sealed record PinConversation
{
    public required ConversationId Conversation { get; init; }
    public required bool Pinned { get; init; }
}

public sealed record MuteConversation
{
    public required ConversationId Conversation { get; init; }
    public required bool Muted { get; init; }
}
