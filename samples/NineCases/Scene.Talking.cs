using Chat.Contracts;

namespace NineCases;

internal sealed partial class Scene
{
    public async Task Broadcast()
    {
        var lobby = _annsSession.Lobby ?? throw new InvalidOperationException("expected: a server with a Lobby");
        var morning = await _ann.Say(lobby, $"good morning everybody, {_suffix}");
        await Task.WhenAll(_ann.Hears(lobby, $"good morning everybody, {_suffix}"), _bob.Hears(lobby, $"good morning everybody, {_suffix}"));

        (_cyd, _cydsSession) = await Register(Cyd);
        var past = (await _cyd.Read(lobby, after: morning.Seq - 1)).Entries[0];
        Check.Equal(((past as Message)?.Text, past.Author.UserName), ($"good morning everybody, {_suffix}", Ann), "the past message that a latecomer reads");

        await _cyd.Say(lobby, $"hello, {_suffix}");
        await Task.WhenAll(new[] { _ann, _bob, _cyd }.Select(person => person.Hears(lobby, $"hello, {_suffix}")));
        Check.Ok("one message to the Lobby reaches everybody, and whoever comes later reads it");
    }

    public async Task ChatInPrivate()
    {
        _chat = (await _ann.Ask<Conversation>(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = Bob })).ConversationId;
        var draft = new SendMessage { Conversation = _chat, ClientMessageId = ClientMessageId.New(TimeProvider.System), Text = "just us two" };
        var receipt = await _ann.Ask<Receipt>(nameof(IChatHub.SendMessage), draft);
        Check.Equal((await _bob.Hears(_chat, draft.Text)).Seq, receipt.Seq, "the place of the message");
        Check.Equal((await _ann.Hears(_chat, draft.Text)).ClientMessageId, draft.ClientMessageId, "the id by which the sender knows it again");
        await _bob.SeesInbox<ConversationAdded>("the new chat in his inbox", added => added.Conversation == _chat);

        var again = await _ann.Ask<Receipt>(nameof(IChatHub.SendMessage), draft);
        Check.Equal((again.Seq, again.Repeated), (receipt.Seq, true), "the same draft once more");
        var same = await _bob.Ask<Conversation>(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = Ann });
        Check.Equal(same.ConversationId, _chat, "the chat of the two, begun from the other side");
        await IsHiddenFromCyd(_chat);
        Check.Ok("a private chat: one for the two, each message once, nothing for a third");
    }

    public async Task List()
    {
        await _bob.Say(_chat, "first unread");
        var last = await _bob.Say(_chat, "second unread");
        await _ann.Hears(_chat, "second unread");

        var list = (await _ann.Ask<ConversationPage>(nameof(IChatHub.ListConversations), new ListConversations())).Items.ToList();
        var (chat, plans) = (list.FindIndex(row => row.ConversationId == _chat), list.FindIndex(row => row.ConversationId == _plans));
        Check.That(chat >= 0 && chat < plans, "both are listed, and newer activity stands above older");
        Check.Equal((list[chat].Kind, list[chat].Unread, list[chat].LastMessage?.Text), (ConversationKind.PrivateChat, 2, "second unread"), "the row of the chat");
        Check.Equal((list[plans].Kind, list[plans].Title), (ConversationKind.Conference, "Plans"), "the row of the conference");

        var mark = await _ann.Ask<ReadMark>(nameof(IChatHub.MarkRead), new MarkRead { Conversation = _chat, Seq = last.Seq });
        Check.Equal(mark.Seq, last.Seq, "the read mark");
        Check.Equal((await Get(_ann, _chat)).Unread, 0, "unread after reading");
        await _bob.Sees<ReadNotice, ReadNotice>("her read mark", notice => notice.Person.UserName == Ann && notice.ReadSeq == last.Seq ? notice : null);
        await _ann.SeesInbox<ReadMarked>("the mark in the inbox", marked => marked.ReadSeq == last.Seq);
        Check.Ok("the list shows chats and conferences with what is unread; reading is seen by the other side");
    }

    private static Task<Conversation> Get(Person person, ConversationId conversation) =>
        person.Ask<Conversation>(nameof(IChatHub.GetConversation), new GetConversation { Conversation = conversation });

    private async Task IsHiddenFromCyd(ConversationId conversation)
    {
        var refusal = await _cyd.Refused<TranscriptPage>(nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = conversation });
        Check.Equal(refusal.Code, Refusal.NoSuchConversation.Code, "reading what one is not in");
        Check.Equal(_cyd.EntriesOf(conversation).Count, 0, "entries that came of what one is not in");
    }
}
