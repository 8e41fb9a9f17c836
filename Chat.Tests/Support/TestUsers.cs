using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Tests.Support;

/// <summary>Users and conferences as rows, for the rooms that only need them to be there.</summary>
internal static class TestUsers
{
    public static Task<UserId> Add(TestDatabase store, string userName) => Add(store.Database, store.Clock, userName);

    public static Task<UserId> Add(Database database, TimeProvider clock, string userName) => database.Write(async sql =>
    {
        UserId user = new("u" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        await sql.Run("""
            INSERT INTO chat_user (id, user_name, skeleton, password_hash, display_name, version, presence_choice, hides_last_seen, created_at)
            VALUES (@id, @name, @name, 'none', @name, 1, 'Auto', 0, @now)
            """, ("id", user), ("name", userName), ("now", clock.GetUtcNow()));
        await Transcript.Create(sql, TranscriptId.InboxOf(user));
        await Memberships.EnterLobby(sql, user);
        return user;
    });

    public static Task<ConversationId> AddConference(TestDatabase store, params UserId[] members) => store.Database.Write(async sql =>
    {
        ConversationId conversation = new("c" + Guid.CreateVersion7().ToString("N"));
        await Transcript.Create(sql, conversation);
        await sql.Run("INSERT INTO conversation (id, kind, member_count, created_at) VALUES (@id, 'Conference', 0, @now)",
            ("id", conversation), ("now", store.Clock.GetUtcNow()));
        await store.Transcript.Append(sql, conversation, EntryKind.Started, members[0], new EntryBody { Members = members });
        foreach (var member in members) await Memberships.Begin(sql, conversation, member, 1, 1, member == members[0] ? Role.Owner : Role.Member);
        return conversation;
    });
}
