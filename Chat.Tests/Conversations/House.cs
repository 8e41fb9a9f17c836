using Chat.Contracts;
using Chat.Server.Conversations;
using Chat.Server.Presences;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Conversations;

/// <summary>The room with a real database beneath it; what other rooms would do to it is done by hand.</summary>
internal sealed class House : IAsyncDisposable
{
    private int _messages;

    private House(TestDatabase store, ConversationOptions options, LobbySwitch lobby)
    {
        Store = store;
        Memberships = new(lobby);
        var wrapped = Options.Create(options);
        Roster roster = new(store.Transcript);
        Board = new(store.Clock, Options.Create(new PresenceOptions()));
        MemberReader members = new(store.People, new(Board), Board);
        ConversationReader reader = new(store.People, Memberships, members);
        Founding founding = new(roster, reader, wrapped, store.Clock, NullLogger<Founding>.Instance);
        PrivateChats = new(store.Database, store.Transcript, reader, store.Clock);
        Conferences = new(store.Database, Memberships, store.Transcript, founding, reader);
        Invitations = new(store.Database, Memberships, roster, founding, reader, wrapped);
        Departures = new(store.Database, Memberships, roster, store.Clock, NullLogger<Departures>.Instance);
        Roles = new(store.Database, Memberships, roster);
        Open = new(store.Database, Memberships, roster, reader, lobby, wrapped);
        List = new(store.Database, reader, lobby);
        Members = new(store.Database, Memberships, members);
        Settings = new(store.Database, Memberships, store.Transcript);
    }

    public TestDatabase Store { get; }
    public Memberships Memberships { get; }
    public PresenceBoard Board { get; }
    public PrivateChats PrivateChats { get; }
    public Conferences Conferences { get; }
    public Invitations Invitations { get; }
    public Departures Departures { get; }
    public Roles Roles { get; }
    public OpenConferences Open { get; }
    public ConversationList List { get; }
    public MemberList Members { get; }
    public OwnSettings Settings { get; }

    public static async Task<House> Build(int membersPerConference = 5_000, bool lobby = true) =>
        new(await TestDatabase.Open(), new() { MembersPerConference = membersPerConference }, new(lobby));

    public OperationId NewOperation() => OperationId.New(Store.Clock);

    // Ids of users are in order of their registration, to the millisecond.
    public Task<UserId> Add(string userName)
    {
        Store.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return TestUsers.Add(Store, userName);
    }

    public async Task<Conversation> PrivateChat(UserId starter, string with) => (await PrivateChats.Start(starter, new() { With = with })).Value!;

    public async Task<ConversationId> Conference(UserId founder, params string[] with) =>
        (await Conferences.Start(founder, new() { OperationId = NewOperation(), With = with })).Value!.Conversation.ConversationId;

    public async Task<ConversationId> OpenConference(UserId founder, string name, params string[] with) =>
        (await Conferences.Start(founder, new() { OperationId = NewOperation(), With = with, OpenName = name })).Value!.Conversation.ConversationId;

    public Task<Answer<ConferenceStarted>> Invite(UserId inviter, ConversationId conversation, params string[] names) =>
        Invitations.Invite(inviter, new() { Conversation = conversation, UserNames = names, OperationId = NewOperation() });

    public Task<Answer<Done>> Leave(UserId member, ConversationId conversation) => Departures.Leave(member, new() { Conversation = conversation });

    public Task<Answer<Done>> Rename(UserId owner, ConversationId conversation, string title) =>
        Conferences.Rename(owner, new() { Conversation = conversation, Title = title });

    public async Task<Conversation> See(UserId viewer, ConversationId conversation) => (await List.Get(viewer, new() { Conversation = conversation })).Value!;

    public async Task<IReadOnlyList<Conversation>> ListOf(UserId user, bool all = false) => (await List.Read(user, new() { All = all })).Value!.Items;

    /// <summary>The others of the list, without the Lobby.</summary>
    public async Task<IReadOnlyList<ConversationId>> IdsOf(UserId user, bool all = false) =>
        [.. (await ListOf(user, all)).Select(row => row.ConversationId).Where(id => id != Lobby.Id)];

    public Task<long> Say(UserId author, ConversationId conversation, string text, params UserId[] mentions) => Store.Database.Write(async sql =>
    {
        var seq = await Append(sql, conversation, EntryKind.Message, author, new() { Text = text, Mentions = mentions });
        foreach (var mention in mentions)
            await sql.Change("INSERT INTO mention (user_id, transcript_id, seq) VALUES (@user, @c, @seq)", ("user", mention), ("c", conversation), ("seq", seq));
        await sql.Change("UPDATE member SET told = 1 WHERE conversation_id = @c", ("c", conversation));
        return seq;
    });

    public Task<long> Edit(UserId author, ConversationId conversation, long target, string text) =>
        Store.Database.Write(sql => Append(sql, conversation, EntryKind.Edited, author, new() { Text = text }, target));

    public Task Delete(ConversationId conversation, long target) => Store.Database.Write(async sql =>
    {
        await Transcript.Erase(sql, conversation, target);
        return 0;
    });

    public Task Run(string statement, params (string, object?)[] parameters) => Store.Database.Write(sql => sql.Change(statement, parameters));

    public Task Block(UserId user, UserId blocked) =>
        Run("INSERT INTO blocked (user_id, blocked_id, blocked_at) VALUES (@user, @blocked, 0)", ("user", user), ("blocked", blocked));

    public Task Deactivate(UserId user) => Run("UPDATE chat_user SET deactivated_at = 1 WHERE id = @user", ("user", user));

    public Task Read(UserId user, ConversationId conversation, long seq) =>
        Run("UPDATE member SET read_seq = @seq WHERE conversation_id = @c AND user_id = @user", ("seq", seq), ("c", conversation), ("user", user));

    public async Task<List<StoredEntry>> Entries(TranscriptId transcript) =>
        await Store.Database.Read(sql => Transcript.Read(sql, transcript, 1, long.MaxValue));

    public async Task<List<EntryKind>> Kinds(ConversationId conversation) => [.. (await Entries(conversation)).Select(entry => entry.Kind)];

    public async Task<List<InboxEntry>> InboxOf(UserId user) => [.. (await Entries(TranscriptId.InboxOf(user))).Select(entry => entry.InboxEntry)];

    public Task<Visibility?> VisibleTo(UserId user, ConversationId conversation) => Store.Database.Read(sql => Memberships.Of(sql, conversation, user));

    /// <summary>Everything the database holds, to see that a refusal changed nothing.</summary>
    public Task<string> Everything() => Store.Database.Read(async sql =>
    {
        List<string> all = [];
        foreach (var table in new[] { "transcript", "entry", "conversation", "membership", "member", "operation" })
            all.AddRange(await sql.Query($"SELECT * FROM {table} ORDER BY 1, 2", row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue))));
        return string.Join('\n', all);
    });

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private async Task<long> Append(Sql sql, ConversationId conversation, EntryKind kind, UserId author, EntryBody body, long? target = null)
    {
        DraftId draft = new(new($"{Interlocked.Increment(ref _messages):x32}"), "-");
        return (await Store.Transcript.Append(sql, conversation, kind, author, body, draft, target)).Seq;
    }
}
