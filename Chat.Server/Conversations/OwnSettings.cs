using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>How a conversation stands in one's own list. Nobody else is told; one's own devices are, by the inbox.</summary>
internal sealed class OwnSettings(Database database, Memberships memberships, Transcript transcript)
{
    public const string Hidden = """
        UPDATE member SET hidden = @value WHERE conversation_id = @conversation AND user_id = @user AND hidden <> @value RETURNING pinned, muted, hidden
        """;

    private const string Pinned = """
        UPDATE member SET pinned = @value WHERE conversation_id = @conversation AND user_id = @user AND pinned <> @value RETURNING pinned, muted, hidden
        """;

    private const string Muted = """
        UPDATE member SET muted = @value WHERE conversation_id = @conversation AND user_id = @user AND muted <> @value RETURNING pinned, muted, hidden
        """;

    public Task<Answer<Done>> Hide(UserId caller, HideConversation request) => Change(caller, request.Conversation, Hidden, true);

    public Task<Answer<Done>> Pin(UserId caller, PinConversation request) => Change(caller, request.Conversation, Pinned, request.Pinned);

    public Task<Answer<Done>> Mute(UserId caller, MuteConversation request) => Change(caller, request.Conversation, Muted, request.Muted);

    /// <summary>Sets one of them, and tells of it where it was not so already.</summary>
    public static async Task Change(Sql sql, Transcript transcript, ConversationId conversation, UserId user, string setting, bool value)
    {
        var changed = await sql.One(setting, row => new ConversationChanged(conversation, row.Yes(0), row.Yes(1), row.Yes(2)),
            ("value", value), ("conversation", conversation), ("user", user));
        if (changed is not null) await transcript.AppendToInbox(sql, user, changed);
    }

    private Task<Answer<Done>> Change(UserId caller, ConversationId conversation, string setting, bool value) => database.Write<Answer<Done>>(async sql =>
    {
        if (!await memberships.Has(sql, conversation, caller)) return Refusal.NoSuchConversation;

        if (conversation == Lobby.Id) await sql.Run("""
            INSERT INTO member (conversation_id, user_id, role, read_seq) VALUES (@lobby, @user, 'Member', 0) ON CONFLICT (conversation_id, user_id) DO NOTHING
            """, ("lobby", Lobby.Id), ("user", caller));
        await Change(sql, transcript, conversation, caller, setting, value);
        return Done.Value;
    });
}
