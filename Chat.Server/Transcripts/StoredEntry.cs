using System.Data.Common;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Server.Storage;

namespace Chat.Server.Transcripts;

internal enum EntryKind { Message, Edited, Deleted, Reacted, Unreacted, Started, Joined, Left, Removed, RoleChanged, Renamed, Inbox }

/// <summary>An entry as the database holds it: people by id, the rest in a JSON body.</summary>
/// <param name="Target">The message that an amendment is about.</param>
/// <param name="Deleted">The text was erased.</param>
internal sealed record StoredEntry(
    TranscriptId Transcript, long Seq, EntryKind Kind, UserId Author, DateTimeOffset SentAt, ClientMessageId? ClientMessageId, long? Target, string Body, bool Deleted)
{
    public const string Columns = "transcript_id, seq, kind, author_id, sent_at, client_message_id, target_seq, body, deleted";

    public static StoredEntry From(DbDataReader row) => new(
        new(row.GetString(0)), row.GetInt64(1), row.Name<EntryKind>(2), new(row.GetString(3)), row.Time(4),
        row.TextOrNull(5) is { } id ? new ClientMessageId(id) : null, row.NumberOrNull(6), row.GetString(7), row.Yes(8));

    public EntryBody Parts => EntryBody.From(Body);

    public InboxEntry InboxEntry =>
        JsonSerializer.Deserialize(Body, ChatJson.Default.InboxEntry)! with { Seq = Seq, SentAt = SentAt };
}
