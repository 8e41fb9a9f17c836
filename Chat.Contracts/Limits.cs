namespace Chat.Contracts;

/// <summary>The sizes that the contract promises. A client may rely on them; a server does not narrow them.</summary>
public static class Limits
{
    /// <summary>The one protocol version spoken so far; named at log-in and resume.</summary>
    public const int Protocol = 1;

    /// <summary>Characters of any id on the wire.</summary>
    public const int IdLength = 64;

    /// <summary>Bytes of UTF-8 in a message.</summary>
    public const int TextLength = 16_384;

    /// <summary>Bytes of one hub call as it travels, so that escaping a full text never closes a connection.</summary>
    public const int CallLength = 128 * 1024;

    public const int UserNameMinLength = 2;
    public const int UserNameMaxLength = 32;

    /// <summary>Bytes of UTF-8 after NFC.</summary>
    public const int PasswordMinLength = 8;

    /// <summary>Bytes of UTF-8 after NFC.</summary>
    public const int PasswordMaxLength = 1_024;

    /// <summary>Characters (code points) of a display name.</summary>
    public const int DisplayNameLength = 64;

    /// <summary>Characters (code points) of a conference's title.</summary>
    public const int TitleLength = 100;

    /// <summary>Characters (code points) of the text about oneself.</summary>
    public const int AboutLength = 500;

    /// <summary>Bytes of UTF-8 in an avatar: one emoji or a few letters.</summary>
    public const int AvatarLength = 32;

    /// <summary>Bytes of UTF-8 in an emoji of a reaction.</summary>
    public const int EmojiLength = 32;

    /// <summary>Characters of a device's or a client's name at log-in.</summary>
    public const int DeviceLength = 100;

    /// <summary>Different emoji on one message.</summary>
    public const int EmojiPerMessage = 20;

    /// <summary>Times that one user reacts to one message, taken back or not.</summary>
    public const int ReactionsPerUser = 100;

    /// <summary>User names mentioned in one message.</summary>
    public const int Mentions = 50;

    public const int EditsPerMessage = 100;

    /// <summary>Users that one user blocks, so that their list is one answer.</summary>
    public const int BlockedUsers = 1_000;

    /// <summary>Sessions of one user; one more ends the one that was unused the longest.</summary>
    public const int SessionsPerUser = 100;

    /// <summary>User names in one <c>StartConference</c> or <c>Invite</c>.</summary>
    public const int InvitedPerCall = 500;

    /// <summary>Entries in one page of a transcript.</summary>
    public const int PageOfEntries = 200;

    /// <summary>Rows in one page of conversations or members.</summary>
    public const int PageOfConversations = 100;

    /// <summary>Rows in one page of found users.</summary>
    public const int PageOfUsers = 20;

    /// <summary>Letters that a search for users needs.</summary>
    public const int SearchMinLength = 2;

    /// <summary>Members that a conversation's own record names; <c>ListMembers</c> tells the rest.</summary>
    public const int MembersShown = 50;

    /// <summary>Above this many members presence and read marks are asked for, not told.</summary>
    public const int MembersTold = 100;

    /// <summary>Unread messages are counted up to here.</summary>
    public const int UnreadCounted = 1_000;

    /// <summary>Conversations in one <c>Resync</c>.</summary>
    public const int ResyncedPerCall = 500;

    /// <summary>A cursor further behind than this is moved on, and what lies between is reported as skipped.</summary>
    public const int ResyncBehind = 500;

    /// <summary>Entries that a cursor which was moved on still gets.</summary>
    public const int ResyncTail = 100;

    /// <summary>Levels of nesting in a request.</summary>
    public const int Nesting = 16;
}
