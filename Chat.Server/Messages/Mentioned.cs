using System.Text.Json;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Messages;

/// <summary>The people whom a message names. Who is not a member is passed over, so that names outside cannot be probed.</summary>
internal static class Mentioned
{
    public static Refusal? Check(IReadOnlyList<string>? userNames)
    {
        if (userNames?.Count > Limits.Mentions) return Refusal.TooLarge.Of("mentions");
        if (userNames?.Any(name => name is null) is true) return Refusal.Invalid.Of("mentions");
        return null;
    }

    /// <summary>Those of the names that are members now, each once, in the order named; null where there are none.</summary>
    public static async Task<List<UserId>?> Of(Sql sql, ConversationId conversation, IReadOnlyList<string>? userNames)
    {
        var names = (userNames ?? []).Select(UserNames.Fold).OfType<string>().Distinct().ToList();
        if (names.Count == 0) return null;

        var members = (await sql.Query($"""
            SELECT u.user_name, u.id FROM chat_user u WHERE {sql.Among("u.user_name", "@names")} AND u.deactivated_at IS NULL
            AND (@conversation = 'lobby' OR EXISTS (
                SELECT 1 FROM membership m WHERE m.conversation_id = @conversation AND m.user_id = u.id AND m.left_seq IS NULL))
            """, row => (row.GetString(0), new UserId(row.GetString(1))),
            ("names", JsonSerializer.Serialize(names)), ("conversation", conversation))).ToDictionary();
        var mentioned = names.Where(members.ContainsKey).Select(name => members[name]).ToList();
        return mentioned.Count == 0 ? null : mentioned;
    }

    /// <summary>Remembers the mention for whoever has not blocked the author; the message itself looks the same either way.</summary>
    public static async Task Remember(Sql sql, StoredEntry message, List<UserId>? mentioned)
    {
        if (mentioned is null) return;
        await sql.Run($"""
            INSERT INTO mention (user_id, transcript_id, seq)
            SELECT u.id, @conversation, @seq FROM chat_user u WHERE {sql.Among("u.id", "@users")}
            AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = u.id AND b.blocked_id = @author)
            """, ("conversation", message.Transcript), ("seq", message.Seq),
            ("users", JsonSerializer.Serialize(mentioned.Select(user => user.Value))), ("author", message.Author));
    }

    public static Task Forget(Sql sql, StoredEntry message) =>
        sql.Run("DELETE FROM mention WHERE transcript_id = @conversation AND seq = @seq", ("conversation", message.Transcript), ("seq", message.Seq));
}
