using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Delivery;

/// <summary>The delivery of one node, over a store that several may share.</summary>
internal sealed class TestNode
{
    private readonly TestDatabase _store;
    private int _connections;

    public TestNode(TestDatabase store)
    {
        _store = store;
        Transcript = new(store.Clock);
        People = new(store.Clock);
        Feeds = new(Transcript, store.Database, new NoBus());
        Listening = new(Feeds, Connections, store.Memberships, People, _ => ValueTask.CompletedTask, new EntryReader(People), store.Database, NullLogger<Feed>.Instance);
    }

    public Transcript Transcript { get; }
    public People People { get; }
    public Connections Connections { get; } = new(Options.Create(new DeliveryOptions()));
    public Feeds Feeds { get; }
    public Listening Listening { get; }

    public async Task<(Connection Connection, RecordingLink Link)> LogIn(UserId user, Func<Sql, Task<bool>>? isLive = null)
    {
        RecordingLink link = new();
        var id = $"{user}-{Interlocked.Increment(ref _connections)}";
        Connection connection = new(id, link, TimeSpan.FromSeconds(10), _store.Clock, NullLogger.Instance);
        Connections.Add(connection);
        Connections.Enter(connection, user, new($"s-{id}"), DateTimeOffset.MaxValue, Heartbeats.Undeclared);
        await Listening.Begin(connection, user, isLive ?? (_ => Task.FromResult(true)));
        return (connection, link);
    }

    public Task<StoredEntry> Say(ConversationId conversation, UserId author, string text) =>
        Append(conversation, EntryKind.Message, author, new EntryBody { Text = text });

    public Task<StoredEntry> Append(ConversationId conversation, EntryKind kind, UserId author, EntryBody body, long? target = null) =>
        _store.Database.Write(sql => Transcript.Append(sql, conversation, kind, author, body, new(ClientMessageId.New(TimeProvider.System), "x"), target));

    public Task<StoredEntry> Join(ConversationId conversation, UserId user) => _store.Database.Write(async sql =>
    {
        var joined = await Transcript.Append(sql, conversation, EntryKind.Joined, user, new EntryBody { Member = user });
        await Memberships.Begin(sql, conversation, user, joined.Seq, joined.Seq, Role.Member);
        await Transcript.AppendToInbox(sql, user, new ConversationAdded(conversation, joined.Seq, joined.Seq));
        return joined;
    });

    public Task<StoredEntry> Leave(ConversationId conversation, UserId user) => _store.Database.Write(async sql =>
    {
        var left = await Transcript.Append(sql, conversation, EntryKind.Left, user, EntryBody.Empty);
        await Memberships.End(sql, conversation, user, left.Seq);
        await Transcript.AppendToInbox(sql, user, new ConversationLeft(conversation, left.Seq));
        return left;
    });
}
