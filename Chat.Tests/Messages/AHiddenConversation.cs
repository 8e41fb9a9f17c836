using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Messages;

public sealed class AHiddenConversation : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob) = (await _talk.User("ann"), await _talk.User("bob"));
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task A_private_chat_is_revealed_by_its_first_message_and_once()
    {
        var chat = await _talk.PrivateChat(_ann, _bob);

        await _talk.Send(_ann, chat);
        await _talk.Send(_ann, chat);

        var told = (await _talk.Inbox(_bob)).Should().ContainSingle().Which.Should().BeOfType<ConversationAdded>().Subject;
        (told.Conversation, told.JoinedSeq, told.FirstSeq).Should().Be((chat, 1, 1));
        (await _talk.Inbox(_ann)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_private_chat_is_not_revealed_to_whoever_blocked_the_author()
    {
        var chat = await _talk.PrivateChat(_ann, _bob);
        await _talk.Block(_bob, _ann);

        await _talk.Send(_ann, chat);

        (await _talk.Inbox(_bob)).Should().BeEmpty();
        (await _talk.Number("SELECT told FROM member WHERE conversation_id = @chat AND user_id = @bob", ("chat", chat), ("bob", _bob))).Should().Be(0);
    }

    [Fact]
    public async Task A_message_brings_it_back_to_everybody_who_hid_it()
    {
        var plans = await HiddenConference();

        await _talk.Send(_ann, plans);

        foreach (var user in new[] { _ann, _bob })
        {
            var told = (await _talk.Inbox(user)).Should().ContainSingle().Which.Should().BeOfType<ConversationChanged>().Subject;
            (told.Conversation, told.Pinned, told.Muted, told.Hidden).Should().Be((plans, true, false, false));
        }
        (await _talk.Number("SELECT COUNT(*) FROM member WHERE hidden = 1")).Should().Be(0);
    }

    [Fact]
    public async Task A_blocked_users_message_does_not_bring_it_back()
    {
        var plans = await HiddenConference();
        await _talk.Block(_bob, _ann);

        await _talk.Send(_ann, plans);

        (await _talk.Inbox(_bob)).Should().BeEmpty();
    }

    [Fact]
    public async Task Who_has_left_hears_nothing_of_a_later_message()
    {
        var plans = await HiddenConference();
        await _talk.Leave(plans, _bob);

        await _talk.Send(_ann, plans);

        (await _talk.Inbox(_bob)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_brings_the_lobby_back_to_whoever_hid_it()
    {
        await _talk.Run("UPDATE member SET hidden = 1 WHERE conversation_id = @lobby AND user_id = @bob", ("lobby", Lobby.Id), ("bob", _bob));

        await _talk.Send(_ann, Lobby.Id);

        (await _talk.Inbox(_bob)).Should().ContainSingle().Which.Should().BeOfType<ConversationChanged>();
    }

    [Fact]
    public async Task A_reaction_does_not_bring_it_back()
    {
        var plans = await _talk.Conference(_ann, _bob);
        var message = await _talk.Sent(_ann, plans);
        await _talk.Run("UPDATE member SET hidden = 1 WHERE conversation_id = @plans", ("plans", plans));

        await _talk.React(_ann, plans, message, "⭐");

        (await _talk.Inbox(_bob)).Should().BeEmpty();
    }

    private async Task<ConversationId> HiddenConference()
    {
        var plans = await _talk.Conference(_ann, _bob);
        await _talk.Run("UPDATE member SET hidden = 1, pinned = 1 WHERE conversation_id = @plans", ("plans", plans));
        return plans;
    }
}
