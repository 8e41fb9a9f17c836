using System.Text;
using Chat.Contracts;
using Chat.Server.Transcripts;
using Chat.Tests.Support;

namespace Chat.Tests.Messages;

public sealed class DeletingAMessage : IAsyncLifetime
{
    private const string Secret = "CANARY-4711";
    private TestTalk _talk = null!;
    private UserId _ann, _bob, _carl;
    private ConversationId _plans;
    private long _message;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob, _carl) = (await _talk.User("ann"), await _talk.User("bob"), await _talk.User("carl"));
        _plans = await _talk.Conference(_ann, _bob, _carl);
        _message = await _talk.Sent(_bob, _plans, Secret);
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task The_place_stays_and_the_text_goes()
    {
        await _talk.Edit(_bob, _plans, _message, Secret + " edited");
        await _talk.React(_ann, _plans, _message, "⭐");

        await _talk.Delete(_bob, _plans, _message);

        var message = await _talk.ReadBack(_ann, _plans, _message);
        message.Should().BeEquivalentTo(new { Text = (string?)null, Deleted = true, EditedAt = (DateTimeOffset?)null, Reactions = (object?)null });
        (await _talk.Read(_ann, _plans)).Entries.OfType<Edited>().Should().ContainSingle().Which.Text.Should().BeNull();
        (await _talk.Number("SELECT COUNT(*) FROM entry WHERE body LIKE '%CANARY%'")).Should().Be(0);
    }

    [Fact]
    [Trait("Database", "sqlite")]
    public async Task The_text_is_gone_from_the_files_once_it_is_answered()
    {
        await _talk.Edit(_bob, _plans, _message, Secret + " edited");
        Traces().Should().BePositive("the test must be able to find it");

        await _talk.Delete(_bob, _plans, _message);

        Traces().Should().Be(0);
    }

    [Fact]
    [Trait("Database", "sqlite")]
    public async Task Nothing_is_left_of_many_long_and_short_texts_whatever_their_order()
    {
        Random random = new(1);
        List<long> sent = [_message];
        for (var i = 0; i < 400; i++) sent.Add(await _talk.Sent(_bob, _plans, Secret + new string('x', random.Next(random.Next(8000)))));

        foreach (var seq in sent.OrderBy(_ => random.Next())) await _talk.Delete(_bob, _plans, seq);

        Traces().Should().Be(0);
    }

    [Fact]
    [Trait("Database", "sqlite")]
    public async Task A_reader_in_the_way_delays_neither_the_answer_nor_the_scrubbing_for_ever()
    {
        TaskCompletionSource leave = new(), entered = new();
        var reading = _talk.Store.Database.Read(async sql =>
        {
            await Transcript.Head(sql, _plans);
            entered.SetResult();
            await leave.Task;
            return true;
        });
        await entered.Task;

        (await _talk.Delete(_bob, _plans, _message)).Ok.Should().BeTrue();
        Traces().Should().BePositive("the reader still sees the moment before");
        leave.SetResult();
        await reading;
        await _talk.Sent(_bob, _plans, "the writer has been woken by then");

        Traces().Should().Be(0);
    }

    [Fact]
    public async Task A_second_time_it_answers_the_first()
    {
        var first = (await _talk.Delete(_bob, _plans, _message)).Value!;

        (await _talk.Delete(_ann, _plans, _message)).Value.Should().Be(first with { Repeated = true });
        (await _talk.Head(_plans)).Should().Be(first.Seq);
    }

    // The first try may have been stored without this node knowing it.
    [Fact]
    public async Task A_second_time_this_node_forgets_the_text_as_at_the_first()
    {
        List<EntryKind> heard = [];
        _talk.Store.Transcript.Committed += entry => heard.Add(entry.Kind);
        DeleteMessage request = new() { Conversation = _plans, Seq = _message, ClientMessageId = _talk.NewId() };

        await _talk.Amender.Delete(_bob, request);
        (await _talk.Amender.Delete(_bob, request)).Value!.Repeated.Should().BeTrue();
        await _talk.Delete(_ann, _plans, _message);

        heard.Should().Equal(EntryKind.Deleted, EntryKind.Deleted, EntryKind.Deleted);
    }

    [Fact]
    public async Task An_owner_may_delete_the_words_of_others() => (await _talk.Delete(_ann, _plans, _message)).Ok.Should().BeTrue();

    [Fact]
    public async Task Another_member_may_not()
    {
        (await _talk.Delete(_carl, _plans, _message)).Refusal.Should().Be(Refusal.Forbidden);
        (await _talk.ReadBack(_carl, _plans, _message)).Text.Should().Be(Secret);
    }

    [Fact]
    public async Task A_private_chat_has_no_owner()
    {
        var chat = await _talk.PrivateChat(_ann, _bob);
        var message = await _talk.Sent(_ann, chat);
        await _talk.Run("UPDATE member SET role = 'Owner' WHERE conversation_id = @chat", ("chat", chat));

        (await _talk.Delete(_bob, chat, message)).Refusal.Should().Be(Refusal.Forbidden);
    }

    [Fact]
    public async Task In_the_lobby_administrators_may()
    {
        var message = await _talk.Sent(_bob, Lobby.Id);

        (await _talk.Delete(_ann, Lobby.Id, message)).Refusal.Should().Be(Refusal.Forbidden);
        (await _talk.Delete(await TestUsers.Add(_talk.Store, "warden"), Lobby.Id, message)).Ok.Should().BeTrue();
    }

    [Fact]
    public async Task A_stranger_learns_nothing()
    {
        var mallory = await _talk.User("mallory");

        (await _talk.Delete(mallory, _plans, _message)).Refusal.Should().Be(Refusal.NoSuchConversation);
    }

    // SQLite's promise: what PostgreSQL keeps in its files until it vacuums them is not the server's to say.
    private int Traces() => new[] { _talk.Store.File, _talk.Store.File + "-wal" }
        .Where(File.Exists)
        .Sum(file => Encoding.Latin1.GetString(Bytes(file)).Split(Secret).Length - 1);

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
