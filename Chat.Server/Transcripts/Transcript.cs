using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Server.Storage;

namespace Chat.Server.Transcripts;

/// <summary>
/// The durable, ordered record of every conversation and every inbox. It promises:
/// 1. the entries of a transcript are numbered 1, 2, 3 … with no gap and no repeat;
/// 2. one (author, client message id) adds at most one entry, however often it is appended;
/// 3. an entry whose write was answered is read back after a crash;
/// 4. <see cref="Committed"/> hears of every entry of this node after its commit, in the order of its transcript;
/// 5. times never decrease along a transcript, whatever the clock does.
/// </summary>
internal sealed class Transcript(TimeProvider clock)
{
    // Nobody else writes before the commit, so the next number is the head's and one, and the order of commits is the order of numbers.
    private const string Adding = """
        INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, fingerprint, target_seq, body)
        SELECT id, head + 1, @kind, @author, CASE WHEN last_at > @now THEN last_at ELSE @now END, @clientMessageId, @fingerprint, CAST(@target AS BIGINT), @body
        FROM transcript WHERE id = @transcript
        """;

    private const string UnlessThere = " ON CONFLICT DO NOTHING";
    private const string Returning = " RETURNING seq, sent_at";

    /// <summary>Called by the writer, so it must not wait.</summary>
    public event Action<StoredEntry>? Committed;

    public static Task Create(Sql sql, TranscriptId id) =>
        sql.Run("INSERT INTO transcript (id, head, last_at) VALUES (@id, 0, 0)", ("id", id));

    /// <summary>Adds an entry to a transcript that exists. The caller has made sure that the client message id is new.</summary>
    public async Task<StoredEntry> Append(
        Sql sql, TranscriptId transcript, EntryKind kind, UserId author, EntryBody body, DraftId? draft = null, long? target = null) =>
        await Append(sql, transcript, kind, author, body.ToText(), draft, target);

    /// <summary>The same for a draft that may have been added before: null, and nothing added, where it was.</summary>
    public Task<StoredEntry?> AppendNew(Sql sql, TranscriptId transcript, EntryKind kind, UserId author, EntryBody body, DraftId draft) =>
        Add(sql, Adding + UnlessThere + Returning, transcript, kind, author, body.ToText(), draft, target: null);

    /// <summary>Tells the user's own devices.</summary>
    public Task<StoredEntry> AppendToInbox(Sql sql, UserId user, InboxEntry entry) =>
        Append(sql, TranscriptId.InboxOf(user), EntryKind.Inbox, user, Body(entry), draft: null, target: null);

    /// <summary>What an earlier try of this draft stored.</summary>
    public static async Task<(StoredEntry Entry, string? Fingerprint)?> Find(Sql sql, UserId author, ClientMessageId id)
    {
        var found = await sql.Query($"SELECT {StoredEntry.Columns}, fingerprint FROM entry WHERE author_id = @author AND client_message_id = @id",
            row => (StoredEntry.From(row), row.TextOrNull(9)), ("author", author), ("id", id));
        return found.Count == 0 ? null : found[0];
    }

    public static Task<StoredEntry?> At(Sql sql, TranscriptId transcript, long seq) =>
        sql.One($"SELECT {StoredEntry.Columns} FROM entry WHERE transcript_id = @transcript AND seq = @seq",
            StoredEntry.From, ("transcript", transcript), ("seq", seq));

    /// <summary>The entries from…to, both included, that exist.</summary>
    public static Task<List<StoredEntry>> Read(Sql sql, TranscriptId transcript, long from, long to) =>
        sql.Query($"SELECT {StoredEntry.Columns} FROM entry WHERE transcript_id = @transcript AND seq BETWEEN @from AND @to ORDER BY seq",
            StoredEntry.From, ("transcript", transcript), ("from", from), ("to", to));

    /// <summary>The amendments of the messages from…to, in order.</summary>
    public static Task<List<StoredEntry>> Amendments(Sql sql, TranscriptId transcript, long from, long to) =>
        sql.Query($"SELECT {StoredEntry.Columns} FROM entry WHERE transcript_id = @transcript AND target_seq BETWEEN @from AND @to ORDER BY seq",
            StoredEntry.From, ("transcript", transcript), ("from", from), ("to", to));

    /// <summary>Which entries edited the messages from…to, in order; not what they say, which may be a hundred times the page.</summary>
    public static Task<List<(long Seq, long Target)>> Edits(Sql sql, TranscriptId transcript, long from, long to) =>
        sql.Query("SELECT seq, target_seq FROM entry WHERE transcript_id = @transcript AND target_seq BETWEEN @from AND @to AND kind = 'Edited' ORDER BY seq",
            row => (row.GetInt64(0), row.GetInt64(1)), ("transcript", transcript), ("from", from), ("to", to));

    /// <summary>The amendments of the messages from…to, in order; of the edits only these.</summary>
    public static Task<List<StoredEntry>> Amendments(Sql sql, TranscriptId transcript, long from, long to, IEnumerable<long> edits) =>
        sql.Query($"SELECT {StoredEntry.Columns} FROM entry WHERE transcript_id = @transcript AND target_seq BETWEEN @from AND @to AND (kind <> 'Edited' OR {sql.Among("CAST(seq AS TEXT)", "@edits")}) ORDER BY seq",
            StoredEntry.From, ("transcript", transcript), ("from", from), ("to", to), ("edits", JsonSerializer.Serialize(edits.Select(seq => $"{seq}"))));

    /// <summary>The highest seq, 0 where there is none.</summary>
    public static Task<long> Head(Sql sql, TranscriptId transcript) =>
        sql.One("SELECT head FROM transcript WHERE id = @id", row => row.GetInt64(0), ("id", transcript));

    public static async Task<Dictionary<TranscriptId, long>> Heads(Sql sql, IEnumerable<TranscriptId> transcripts) =>
        (await sql.Query($"SELECT id, head FROM transcript WHERE {sql.Among("id", "@ids")}", row => (new TranscriptId(row.GetString(0)), row.GetInt64(1)),
            ("ids", JsonSerializer.Serialize(transcripts.Select(id => id.Value))))).ToDictionary();

    /// <summary>Erases the text of a message and of all its edits; places, authors and times stay.</summary>
    public static async Task Erase(Sql sql, TranscriptId transcript, long seq)
    {
        await sql.Run("UPDATE entry SET body = '{}', fingerprint = NULL, deleted = 1 WHERE transcript_id = @transcript AND seq = @seq",
            ("transcript", transcript), ("seq", seq));
        await sql.Run("UPDATE entry SET body = '{}', fingerprint = NULL, deleted = 1 WHERE transcript_id = @transcript AND target_seq = @seq AND kind = 'Edited'",
            ("transcript", transcript), ("seq", seq));
    }

    /// <summary>Lets <see cref="Committed"/> hear of an entry that is there already: a try before may have stored it without this node knowing it, its outcome unknown.</summary>
    public void SayAgain(Sql sql, StoredEntry entry) => sql.AfterCommit(() => Committed?.Invoke(entry));

    // Its place and time are columns of the row; here they only have to be readable.
    private static string Body(InboxEntry entry) =>
        JsonSerializer.Serialize(entry with { Seq = 0, SentAt = DateTimeOffset.UnixEpoch }, ChatJson.Default.InboxEntry);

    private async Task<StoredEntry> Append(Sql sql, TranscriptId transcript, EntryKind kind, UserId author, string body, DraftId? draft, long? target) =>
        await Add(sql, Adding + Returning, transcript, kind, author, body, draft, target) ?? throw new InvalidOperationException($"There is no transcript {transcript}.");

    private async Task<StoredEntry?> Add(Sql sql, string text, TranscriptId transcript, EntryKind kind, UserId author, string body, DraftId? draft, long? target)
    {
        var (seq, sentAt) = await sql.One(text, row => (row.GetInt64(0), row.Time(1)),
            ("kind", kind), ("author", author), ("now", clock.GetUtcNow()), ("clientMessageId", draft?.Id.Value), ("fingerprint", draft?.Fingerprint),
            ("target", target), ("body", body), ("transcript", transcript));
        if (seq == 0) return null;

        await sql.Run("UPDATE transcript SET head = @seq, last_at = @sentAt WHERE id = @transcript", ("seq", seq), ("sentAt", sentAt), ("transcript", transcript));
        var entry = new StoredEntry(transcript, seq, kind, author, sentAt, draft?.Id, target, body, Deleted: false);
        SayAgain(sql, entry);
        return entry;
    }
}

/// <summary>A draft's own id with what it says, so that a repeat can be told from a reuse.</summary>
internal sealed record DraftId(ClientMessageId Id, string Fingerprint);
