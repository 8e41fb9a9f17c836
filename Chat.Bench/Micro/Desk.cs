using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Bench.Micro;

/// <summary>A database of its own with one conversation in it, gone afterwards.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bench-micro-").FullName;

    private Desk() { }

    public Database Database { get; private set; } = null!;
    public Transcript Transcript { get; } = new(TimeProvider.System);
    public UserId Author { get; } = new("u1");
    public ConversationId Conversation { get; } = new("c1");

    public static async Task<Desk> Open()
    {
        Desk desk = new();
        desk.Database = await Database.Open(new SqliteDialect(Path.Combine(desk._folder, "chat.db")), TimeProvider.System, NullLogger.Instance);
        await desk.Database.Write(async sql =>
        {
            await sql.Run("""
                INSERT INTO chat_user (id, user_name, skeleton, password_hash, display_name, version, presence_choice, hides_last_seen, created_at)
                VALUES (@id, 'ann', 'ann', 'none', 'Ann', 1, 'Auto', 0, 0)
                """, ("id", desk.Author));
            await Transcript.Create(sql, desk.Conversation);
            return true;
        });
        return desk;
    }

    public Task<StoredEntry> Append() => Database.Write(sql =>
        Transcript.Append(sql, Conversation, EntryKind.Message, Author, new EntryBody { Text = Samples.Text }, new(ClientMessageId.New(TimeProvider.System), "fingerprint")));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
