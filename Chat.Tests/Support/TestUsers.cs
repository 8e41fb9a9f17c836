using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Support;

/// <summary>Users without the ceremony of registering them.</summary>
internal static class TestUsers
{
    public static Task<UserId> Add(TestDatabase store, string userName)
    {
        UserId user = new($"u{Guid.CreateVersion7(store.Clock.GetUtcNow()):N}");
        return store.Database.Write(async sql =>
        {
            await sql.Run("""
                INSERT INTO chat_user (id, user_name, skeleton, password_hash, display_name, version, presence_choice, hides_last_seen, created_at)
                VALUES (@id, @name, @name, '-', @name, 1, 'Auto', 0, @now)
                """, ("id", user), ("name", userName), ("now", store.Clock.GetUtcNow()));
            await Transcript.Create(sql, TranscriptId.InboxOf(user));
            await Memberships.EnterLobby(sql, user);
            return user;
        });
    }
}
