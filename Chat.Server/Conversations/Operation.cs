using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>A deed that is done once however often it is asked for: its id, chosen by the caller, and what was asked.</summary>
internal sealed record Operation(UserId Caller, OperationId Id, string Fingerprint)
{
    public static Operation Of<T>(UserId caller, OperationId id, T request, JsonTypeInfo<T> shape) =>
        new(caller, id, Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, shape))));

    public static Refusal? Check(OperationId id) => RepeatableId.Check(id, "operationId", "An operation id");

    /// <summary>What an earlier try did, the conversation as it is now; null where there was none.</summary>
    public async Task<Answer<ConferenceStarted>?> Earlier(Sql sql, ConversationReader reader)
    {
        var outcome = await sql.One("SELECT fingerprint, conversation_id, result FROM operation WHERE user_id = @user AND operation_id = @id",
            row => new Outcome(row.GetString(0), new(row.GetString(1)), JsonSerializer.Deserialize(row.GetString(2), ChatJson.Default.IReadOnlyListInvited)!),
            ("user", Caller), ("id", Id));
        if (outcome is null) return null;
        if (outcome.Fingerprint != Fingerprint) return Refusal.OperationIdReused.Of("operationId");
        return new ConferenceStarted((await reader.One(sql, Caller, outcome.Conversation))!, outcome.Results);
    }

    /// <summary>False where another try, at the same moment, was first.</summary>
    public async Task<bool> Claim(Sql sql, ConversationId conversation, IReadOnlyList<Invited> results) => await sql.Change("""
        INSERT INTO operation (user_id, operation_id, fingerprint, conversation_id, result) VALUES (@user, @id, @fingerprint, @conversation, @result)
        ON CONFLICT (user_id, operation_id) DO NOTHING
        """, ("user", Caller), ("id", Id), ("fingerprint", Fingerprint), ("conversation", conversation),
        ("result", JsonSerializer.Serialize(results, ChatJson.Default.IReadOnlyListInvited))) == 1;

    private sealed record Outcome(string Fingerprint, ConversationId Conversation, IReadOnlyList<Invited> Results);
}
