using Chat.Contracts;

namespace NineCases;

internal sealed partial class Scene
{
    public async Task Confer()
    {
        var start = new StartConference { Title = "Plans", With = [Bob, Cyd], OperationId = NewOperation() };
        var started = await _ann.Ask<ConferenceStarted>(nameof(IChatHub.StartConference), start);
        _plans = started.Conversation.ConversationId;
        Check.Same(started.Invited, [new(Bob, InviteResult.Added), new(Cyd, InviteResult.Added)], "what became of the invited");
        foreach (var person in new[] { _bob, _cyd })
        {
            var first = await person.SeesEntry<Started>(_plans, "the start of the conference", _ => true);
            Check.Same(first.Members.Select(member => member.UserName).Order(StringComparer.Ordinal), [Ann, Bob, Cyd], "those it began with");
        }

        await _bob.Say(_plans, "what is the plan?");
        await Task.WhenAll(new[] { _ann, _bob, _cyd }.Select(person => person.Hears(_plans, "what is the plan?")));
        var again = await _ann.Ask<ConferenceStarted>(nameof(IChatHub.StartConference), start);
        Check.Equal(again.Conversation.ConversationId, _plans, "the conference of a repeated start");
        Check.Ok("a conference with two others at once; repeated, it is the same one");
    }

    public async Task InviteIntoThePrivateChat()
    {
        var before = (await Get(_bob, _chat)).Head;
        var going = (await Invite(_chat)).Conversation;
        Check.That(going.ConversationId != _chat && going.Kind == ConversationKind.Conference && going.ContinuedFrom == _chat, "a new conference that goes on from the chat");
        Check.Equal(going.MemberCount, 3, "its members");

        await _ann.Say(going.ConversationId, "welcome");
        await _cyd.Hears(going.ConversationId, "welcome");
        Check.Same(Texts(await _cyd.Read(going.ConversationId)), ["welcome"], "all that the newcomer reads");
        await IsHiddenFromCyd(_chat);
        Check.Equal((await Get(_bob, _chat)).Head, before, "the place of the private chat, which stays as it is");
        Check.Ok("inviting a third into a private chat begins a conference, where nothing of before can be read");
    }

    public async Task Leave()
    {
        await _cyd.Do(nameof(IChatHub.LeaveConference), new LeaveConference { Conversation = _plans });
        await _cyd.Do(nameof(IChatHub.LeaveConference), new LeaveConference { Conversation = _plans });
        var left = await _ann.SeesEntry<Left>(_plans, "the leave", entry => entry.Author.UserName == Cyd);
        await _ann.Say(_plans, "now that she is gone");
        await _bob.Hears(_plans, "now that she is gone");

        var after = await _cyd.Read(_plans);
        Check.Equal((after.Head, after.Entries[^1].Seq), (left.Seq, left.Seq), "the last that the one who left reads");
        var draft = new SendMessage { Conversation = _plans, ClientMessageId = ClientMessageId.New(TimeProvider.System), Text = "me?" };
        Check.Equal((await _cyd.Refused<Receipt>(nameof(IChatHub.SendMessage), draft)).Code, Refusal.NoSuchConversation.Code, "sending after the leave");
        Check.Ok("whoever leaves a conference is told to the others, and hears and says nothing there any more");
    }

    public async Task InviteAgain()
    {
        Check.Equal((await Invite(_plans)).Conversation.ConversationId, _plans, "the conference that she was invited to");
        var joined = await _bob.SeesEntry<Joined>(_plans, "the joining", entry => entry.Member.UserName == Cyd);
        Check.Equal(joined.Author.UserName, Ann, "who invited");
        await _bob.Say(_plans, "welcome back");
        await _cyd.Hears(_plans, "welcome back");

        var left = (await _bob.SeesEntry<Left>(_plans, "the leave", _ => true)).Seq;
        var page = await _cyd.Read(_plans, after: 0);
        Check.Same(Texts(page), ["what is the plan?", "welcome back"], "the messages that she reads");
        Check.Same(page.Holes, [new(left + 1, joined.Seq - 1)], "what lies between her two memberships");
        Check.That(!_cyd.EntriesOf(_plans).Any(entry => entry.Seq > left && entry.Seq < joined.Seq), "nothing of between came live");
        Check.Ok("whoever is invited to a conference is told to the others, and reads nothing of between");
    }

    private Task<ConferenceStarted> Invite(ConversationId conversation) => _ann.Ask<ConferenceStarted>(
        nameof(IChatHub.Invite), new Invite { Conversation = conversation, UserNames = [Cyd], OperationId = NewOperation() });
}
