using Chat.Contracts;
using Chat.Server.Messages;
using Chat.Server.Transcripts;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Messages;

/// <summary>The room of messages on a real database, with users and conversations made by hand.</summary>
internal sealed class TestTalk : IAsyncDisposable
{
    private TestTalk(TestDatabase store)
    {
        Store = store;
        Messenger = new(store.Database, store.Transcript, store.Memberships, NullLogger<Messenger>.Instance);
        Amender = new(store.Database, store.Transcript, store.Memberships, new(["warden"], store.People), NullLogger<Amender>.Instance);
        Reactions = new(store.Database, store.Transcript, store.Memberships);
        History = new(store.Database, store.Memberships, new EntryReader(store.People), store.People);
        ReadMarks = new(store.Database, store.Transcript, store.Memberships, store.People, Audience);
        TypingNotices = new(store.Database, store.Memberships, store.People, Audience, store.Clock);
    }

    public TestDatabase Store { get; }
    public RecordingAudience Audience { get; } = new();
    public Messenger Messenger { get; }
    public Amender Amender { get; }
    public Reactions Reactions { get; }
    public History History { get; }
    public ReadMarks ReadMarks { get; }
    public TypingNotices TypingNotices { get; }

    public static async Task<TestTalk> Open() => new(await TestDatabase.Open());

    public Task<UserId> User(string userName) => TestUsers.Add(Store, userName);

    /// <summary>A conference; the first member owns it.</summary>
    public Task<ConversationId> Conference(params UserId[] members) => Start("Conference", members);

    /// <summary>A private chat of which only its first user knows yet.</summary>
    public async Task<ConversationId> PrivateChat(UserId starter, UserId other)
    {
        var chat = await Start("PrivateChat", starter, other);
        await Run("UPDATE member SET told = 0 WHERE conversation_id = @chat AND user_id = @other", ("chat", chat), ("other", other));
        return chat;
    }

    public Task<long> Join(ConversationId conversation, UserId member, long? firstSeq = null) => Store.Database.Write(async sql =>
    {
        var joined = await Store.Transcript.Append(sql, conversation, EntryKind.Joined, member, new EntryBody { Member = member });
        await Memberships.Begin(sql, conversation, member, joined.Seq, firstSeq ?? joined.Seq, Role.Member);
        return joined.Seq;
    });

    public Task<long> Leave(ConversationId conversation, UserId member) => Store.Database.Write(async sql =>
    {
        var left = await Store.Transcript.Append(sql, conversation, EntryKind.Left, member, EntryBody.Empty);
        await Memberships.End(sql, conversation, member, left.Seq);
        return left.Seq;
    });

    public Task Block(UserId user, UserId blocked) =>
        Run("INSERT INTO blocked (user_id, blocked_id, blocked_at) VALUES (@user, @blocked, 0)", ("user", user), ("blocked", blocked));

    public Task<Answer<Receipt>> Send(UserId author, ConversationId conversation, string text = "hello", long? replyTo = null, params string[] mentions) =>
        Messenger.Send(author, new() { Conversation = conversation, ClientMessageId = NewId(), Text = text, ReplyTo = replyTo, Mentions = mentions });

    public async Task<long> Sent(UserId author, ConversationId conversation, string text = "hello") => (await Send(author, conversation, text)).Value!.Seq;

    public Task<Answer<Receipt>> Edit(UserId caller, ConversationId conversation, long seq, string text) =>
        Amender.Edit(caller, new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId(), Text = text });

    public Task<Answer<Receipt>> Delete(UserId caller, ConversationId conversation, long seq) =>
        Amender.Delete(caller, new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId() });

    public Task<Answer<Receipt>> React(UserId caller, ConversationId conversation, long seq, string emoji) =>
        Reactions.React(caller, new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId(), Emoji = emoji });

    public Task<Answer<Receipt>> Unreact(UserId caller, ConversationId conversation, long seq, string emoji) =>
        Reactions.Unreact(caller, new() { Conversation = conversation, Seq = seq, ClientMessageId = NewId(), Emoji = emoji });

    public Task<Answer<ReadMark>> MarkRead(UserId reader, ConversationId conversation, long seq) =>
        ReadMarks.Move(reader, new() { Conversation = conversation, Seq = seq });

    public async Task<TranscriptPage> Read(UserId reader, ConversationId conversation, long? before = null, long? after = null, int? limit = null) =>
        (await History.Read(reader, new() { Conversation = conversation, Before = before, After = after, Limit = limit })).Value!;

    /// <summary>One message as somebody reads it back.</summary>
    public async Task<Message> ReadBack(UserId reader, ConversationId conversation, long seq) =>
        (await Read(reader, conversation, after: seq - 1, limit: 1)).Entries.Should().ContainSingle().Which.Should().BeOfType<Message>().Subject;

    public Task<long> Head(ConversationId conversation) => Store.Database.Read(sql => Transcript.Head(sql, conversation));

    public Task<List<InboxEntry>> Inbox(UserId user) => Store.Database.Read(async sql =>
        (await Transcript.Read(sql, TranscriptId.InboxOf(user), 1, long.MaxValue)).ConvertAll(entry => entry.InboxEntry));

    public Task<long> Number(string query, params (string, object?)[] parameters) =>
        Store.Database.Read(sql => sql.One(query, row => row.GetInt64(0), parameters));

    public Task Run(string statement, params (string, object?)[] parameters) => Store.Database.Write(sql => sql.Change(statement, parameters));

    public ClientMessageId NewId() => ClientMessageId.New(Store.Clock);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private async Task<ConversationId> Start(string kind, params UserId[] members)
    {
        ConversationId conversation = new("c" + Guid.CreateVersion7(Store.Clock.GetUtcNow()).ToString("N"));
        await Store.Database.Write(async sql =>
        {
            await Transcript.Create(sql, conversation);
            await sql.Change("INSERT INTO conversation (id, kind, member_count, created_at) VALUES (@id, @kind, 0, 0)", ("id", conversation), ("kind", kind));
            var started = await Store.Transcript.Append(sql, conversation, EntryKind.Started, members[0], new EntryBody { Members = members });
            foreach (var member in members)
                await Memberships.Begin(sql, conversation, member, started.Seq, started.Seq, kind == "Conference" && member == members[0] ? Role.Owner : Role.Member);
            return true;
        });
        return conversation;
    }
}
