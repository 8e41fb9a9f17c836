using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Simulation.Judging;

/// <summary>
/// What the store holds, read after every commit over a connection of its own, whether or not the node that wrote it lived to tell. What must
/// be true of transcripts and tables at every moment is looked at here (I2, I3, I5, I10, I15).
/// </summary>
internal sealed class Truth(SqliteConnection connection, Ruling ruling, Trace trace) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly Dictionary<TranscriptId, List<StoredEntry>> _transcripts = [];
    private readonly Dictionary<ConversationId, Sight> _sights = new() { [Lobby.Id] = new(isLobby: true) };
    private readonly Dictionary<(UserId, ClientMessageId), StoredEntry> _drafts = [];
    private readonly Dictionary<(ConversationId, UserId), long> _marks = [];
    private long _lastRow;

    /// <summary>In the order of their first entries.</summary>
    public List<ConversationId> Conversations { get; } = [];

    /// <summary>Which sessions have ended, and whose they were.</summary>
    public Dictionary<SessionId, UserId> EndedSessions { get; } = [];

    public IReadOnlyList<StoredEntry> this[TranscriptId transcript] => _transcripts.TryGetValue(transcript, out var entries) ? entries : [];

    public Sight SightOf(ConversationId conversation) => _sights.TryGetValue(conversation, out var sight) ? sight : new(isLobby: false);

    public StoredEntry? Find(UserId author, ClientMessageId id) => _drafts.GetValueOrDefault((author, id));

    public long HeadFor(UserId user, ConversationId conversation) => SightOf(conversation).HeadFor(user, this[conversation].Count);

    /// <summary>Something was committed.</summary>
    public void LookAgain()
    {
        var changesMembers = false;
        foreach (var (row, entry) in Rows($"SELECT rowid, {StoredEntry.Columns} FROM entry WHERE rowid > @last ORDER BY rowid",
            reader => (reader.GetInt64(0), Entry(reader)), ("@last", _lastRow)))
        {
            _lastRow = row;
            Take(entry);
            changesMembers |= entry.Kind is not (EntryKind.Message or EntryKind.Edited or EntryKind.Deleted or EntryKind.Inbox);
        }
        LookAtMarks();
        if (changesMembers) LookAtTables();
    }

    public UserId UserNamed(string name) => Rows("SELECT id FROM chat_user WHERE user_name = @name", reader => new UserId(reader.GetString(0)), ("@name", name)).Single();

    /// <summary>A look at everything that can be looked at twice.</summary>
    public long Count(string text, params (string, object)[] parameters) => Rows(text, reader => reader.GetInt64(0), parameters).Single();

    /// <summary>Everything that the tables hold, as text: two equal ones differ in nothing.</summary>
    public string Everything()
    {
        var tables = Rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", reader => reader.GetString(0));
        return string.Join('\n', tables.SelectMany(table => Rows($"SELECT * FROM {table} ORDER BY 1, 2", reader =>
            $"{table}: {string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue))}")));
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private void Take(StoredEntry entry)
    {
        if (!_transcripts.TryGetValue(entry.Transcript, out var entries)) _transcripts.Add(entry.Transcript, entries = []);
        ruling.Hold(entry.Seq == entries.Count + 1, $"I3: an entry has seq {entry.Seq} behind {entries.Count}");
        ruling.Hold(entries.Count == 0 || entry.SentAt >= entries[^1].SentAt, $"I10: seq {entry.Seq} is older than the one before");
        if (entry.ClientMessageId is { } id) ruling.Hold(_drafts.TryAdd((entry.Author, id), entry), $"I2: a draft is stored at {entry.Seq} and before");
        entries.Add(entry);

        if (entry.Kind == EntryKind.Inbox)
        {
            if (entry.InboxEntry is SessionsEnded ended) foreach (var session in ended.Sessions) EndedSessions.TryAdd(session, entry.Author);
            return;
        }
        ConversationId conversation = new(entry.Transcript.Value);
        if (!_sights.TryGetValue(conversation, out var sight)) _sights.Add(conversation, sight = new(isLobby: false, IsPrivate(conversation)));
        if (entries.Count == 1) Conversations.Add(conversation);
        sight.Take(entry);
        trace.Add($"stored {entry.Kind}", Conversations.IndexOf(conversation), entry.Seq);
    }

    public bool IsPrivate(ConversationId conversation) =>
        Count("SELECT COUNT(*) FROM conversation WHERE id = @id AND kind = 'PrivateChat'", ("@id", conversation.Value)) > 0;

    private void LookAtMarks()
    {
        foreach (var (conversation, user, mark) in Rows("SELECT conversation_id, user_id, read_seq FROM member",
            reader => (new ConversationId(reader.GetString(0)), new UserId(reader.GetString(1)), reader.GetInt64(2))))
        {
            ruling.Hold(mark >= _marks.GetValueOrDefault((conversation, user)), $"I5: a read mark went back to {mark}");
            ruling.Hold(mark <= HeadFor(user, conversation), $"I5: a read mark is at {mark}, beyond what its user may read");
            _marks[(conversation, user)] = mark;
        }
    }

    private void LookAtTables()
    {
        var members = Rows("""
            SELECT s.conversation_id, s.user_id, m.role FROM membership s JOIN member m ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id
            WHERE s.left_seq IS NULL
            """, reader => (Conversation: new ConversationId(reader.GetString(0)), User: new UserId(reader.GetString(1)), Role: Enum.Parse<Role>(reader.GetString(2))))
            .ToLookup(member => member.Conversation, member => (member.User, member.Role));
        foreach (var (conversation, title, count) in Rows("SELECT id, title, member_count FROM conversation WHERE id <> 'lobby'",
            reader => (new ConversationId(reader.GetString(0)), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2))))
        {
            var told = SightOf(conversation);
            ruling.Hold(told.Title == title, "I15: a title is not the one that was told");
            ruling.Hold(told.Roles.Count == count, $"I15: {told.Roles.Count} members were told and {count} are counted");
            ruling.Hold(members[conversation].ToHashSet().SetEquals(told.Roles.Select(role => (role.Key, role.Value))), "I15: members or roles are not those that were told");
        }
    }

    private List<T> Rows<T>(string text, Func<SqliteDataReader, T> row, params (string Name, object Value)[] parameters)
    {
        if (!_prepared.TryGetValue(text, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = text;
            _prepared.Add(text, command);
        }
        command.Parameters.Clear();
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    private static StoredEntry Entry(SqliteDataReader reader) => new(
        new(reader.GetString(1)), reader.GetInt64(2), reader.Name<EntryKind>(3), new(reader.GetString(4)), reader.Time(5),
        reader.TextOrNull(6) is { } id ? new ClientMessageId(id) : null, reader.NumberOrNull(7), reader.GetString(8), reader.Yes(9));
}
