using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Messages;
using Chat.Server.Transcripts;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Messages;

public sealed class SendingADraftAgain : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob;
    private ConversationId _plans, _party;
    private SendMessage _draft = null!;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob) = (await _talk.User("ann"), await _talk.User("bob"));
        (_plans, _party) = (await _talk.Conference(_ann, _bob), await _talk.Conference(_ann, _bob));
        _draft = new() { Conversation = _plans, ClientMessageId = _talk.NewId(), Text = "once", Mentions = ["bob"] };
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task A_thousand_tries_at_once_store_it_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => _talk.Messenger.Send(_ann, _draft))));

        answers.Select(answer => answer.Value! with { Repeated = false }).Distinct().Should().ContainSingle();
        answers.Count(answer => answer.Value!.Repeated).Should().Be(999);
        (await _talk.Head(_plans)).Should().Be(2);
    }

    [Fact]
    public async Task It_is_found_after_the_sender_left()
    {
        await _talk.Messenger.Send(_ann, _draft);
        await _talk.Leave(_plans, _ann);

        (await _talk.Messenger.Send(_ann, _draft)).Value!.Repeated.Should().BeTrue();
    }

    [Fact]
    public async Task With_another_content_it_is_refused()
    {
        await _talk.Messenger.Send(_ann, _draft);

        foreach (var other in new[] { _draft with { Text = "twice" }, _draft with { Conversation = _party }, _draft with { ReplyTo = 2 }, _draft with { Mentions = null } })
            (await _talk.Messenger.Send(_ann, other)).Refusal.Should().Be(Refusal.ClientMessageIdReused);
        (await _talk.Head(_plans)).Should().Be(2);
    }

    [Fact]
    public async Task Another_user_may_use_the_same_id()
    {
        await _talk.Messenger.Send(_ann, _draft);

        (await _talk.Messenger.Send(_bob, _draft)).Value!.Should().BeEquivalentTo(new { Seq = 3L, Repeated = false });
    }

    [Fact]
    public async Task A_deleted_one_is_answered_by_its_id_alone()
    {
        var sent = (await _talk.Messenger.Send(_ann, _draft)).Value!;
        await _talk.Delete(_ann, _plans, sent.Seq);

        (await _talk.Messenger.Send(_ann, _draft with { Text = "other" })).Value.Should().Be(sent with { Repeated = true });
    }

    [Fact]
    public async Task A_reaction_is_not_taken_for_its_opposite()
    {
        var message = (await _talk.Messenger.Send(_ann, _draft)).Value!.Seq;
        var id = _talk.NewId();
        await _talk.Reactions.React(_ann, new() { Conversation = _plans, Seq = message, ClientMessageId = id, Emoji = "⭐" });

        var answer = await _talk.Reactions.Unreact(_ann, new() { Conversation = _plans, Seq = message, ClientMessageId = id, Emoji = "⭐" });

        answer.Refusal.Should().Be(Refusal.ClientMessageIdReused);
    }

    [Fact]
    public async Task What_another_node_stored_in_the_same_moment_is_found()
    {
        var tries = 0;
        var draft = new DraftId(_talk.NewId(), "fingerprint");

        var answer = await _talk.Store.Database.WriteOnce(_ann, draft, async sql =>
        {
            if (++tries == 1) throw new SqliteException("UNIQUE constraint failed: entry.author_id, entry.client_message_id", 19, 2067);
            return (await _talk.Store.Transcript.Append(sql, _plans, EntryKind.Message, _ann, new EntryBody { Text = "x" }, draft)).Receipt();
        });

        (answer.Value!.Seq, tries).Should().Be((2, 2));
    }

    [Fact]
    public async Task A_write_that_fails_half_way_leaves_no_gap()
    {
        var draft = new DraftId(_talk.NewId(), "fingerprint");
        var write = () => _talk.Store.Database.WriteOnce(_ann, draft, async sql =>
        {
            await _talk.Store.Transcript.Append(sql, _plans, EntryKind.Message, _ann, new EntryBody { Text = "x" }, draft);
            throw new SqliteException("disk I/O", 19);
        });

        await write.Should().ThrowAsync<DbException>();

        (await _talk.Head(_plans)).Should().Be(1);
        (await _talk.Sent(_ann, _plans)).Should().Be(2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("01234567-89ab-cdef-0123-456789ab")]
    [InlineData("0123456789abcdef0123456789abcde\u0660")]
    public void An_id_that_is_not_16_bytes_in_hex_is_refused(string? id)
    {
        var refusal = Drafts.Check(new(id!))!;
        (refusal.Name, refusal.Field).Should().Be(("invalid", "clientMessageId"));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public void An_id_of_16_bytes_in_hex_is_taken(string id) => Drafts.Check(new(id)).Should().BeNull();
}
