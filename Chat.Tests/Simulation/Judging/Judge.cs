using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Transcripts;
using Chat.Tests.Simulation.Clients;
using Chat.Tests.Simulation.Nodes;

namespace Chat.Tests.Simulation.Judging;

/// <summary>Watches what is written to clients, what is answered and what clients make of it, and knows what must never happen.</summary>
internal sealed class Judge(Ruling ruling, Truth truth, VirtualClock clock, Trace trace)
{
    // How long other nodes may take to hear that a session has ended or a text was erased.
    private static readonly TimeSpan Hearsay = TimeSpan.FromSeconds(3);

    private readonly Dictionary<SessionId, (SteppedNode Node, Moment At)> _revoked = [];
    private readonly Dictionary<(ConversationId, long), (SteppedNode Node, Moment At)> _erased = [];
    private readonly Dictionary<ClientMessageId, long> _floors = [];
    private readonly Dictionary<ConversationId, long> _answered = [];

    public Ruling Ruling => ruling;

    public Truth Truth => truth;

    public Moment Now => new(trace.Steps, clock.Now);

    /// <summary>A node hands something to a connection.</summary>
    public void Written(Line line, Frame frame)
    {
        if (line.Connection!.User is not { } user) return;
        switch (frame.Argument)
        {
            case EntryBatch batch:
                Hears(line, "an entry");
                Readable(user, batch.Conversation, batch.Entries);
                foreach (var entry in batch.Entries) if (TextOf(entry) is not null) Spoken(line.Node, batch.Conversation, entry);
                break;
            case InboxBatch batch:
                Hears(line, "an inbox entry");
                foreach (var entry in batch.Entries)
                {
                    var stored = truth[TranscriptId.InboxOf(user)].ElementAtOrDefault((int)entry.Seq - 1);
                    ruling.Hold(stored is not null && stored.InboxEntry.GetType() == entry.GetType(), "I4: an inbox entry that is not the user's was told");
                }
                break;
            case TypingNotice notice:
                ruling.Hold(truth.SightOf(notice.Conversation).WasEverIn(user), "I4: typing was told to a stranger");
                break;
            case ReadNotice notice:
                ruling.Hold(truth.SightOf(notice.Conversation).WasEverIn(user), "I4: a read mark was told to a stranger");
                break;
        }
    }

    /// <summary>A node answers a call that it began at some time.</summary>
    public void Answered(Line line, SessionId? session, string method, object request, object answer, Moment begun)
    {
        if (session is { } asked && _revoked.TryGetValue(asked, out var revoked) && Reaches(revoked, line.Node, begun))
            ruling.Hold(RefusalOf(answer) is not null, $"I12: {method} succeeded after the session had ended");
        if (line.Connection!.User is not { } user) return;
        switch (answer)
        {
            case Answer<Receipt> { Ok: true, Value: var receipt }:
                Stored(user, request, receipt);
                if (request is DeleteMessage delete) _erased.TryAdd((delete.Conversation, delete.Seq), (line.Node, Now));
                break;
            case Answer<TranscriptPage> { Ok: true, Value: var page }:
                Folded(user, page);
                foreach (var entry in page.Entries) if (TextOf(entry) is not null) Spoken(line.Node, page.Conversation, entry, begun);
                break;
            case Answer<ReadMark> { Ok: true, Value: var mark }:
                ruling.Hold(mark.Seq <= truth.HeadFor(user, mark.Conversation), "I5: a read mark was answered beyond what its user may read");
                break;
            case Answer<Done> { Ok: true } when method is nameof(IChatHub.LogOut) or nameof(IChatHub.EndSession) or nameof(IChatHub.ChangePassword):
                Revoked(line.Node, user, session, request);
                break;
        }
    }

    /// <summary>A device is about to do what its rules say.</summary>
    public void Watch(Device device, Effect effect)
    {
        switch (effect)
        {
            case Effect.Send { Draft: var draft }:
                _floors.TryAdd(draft.ClientMessageId, _answered.GetValueOrDefault(draft.Conversation));
                break;
            case Effect.Stored { Draft: MessageDraft draft, Seq: var seq }:
                if (_floors.TryGetValue(draft.ClientMessageId, out var floor)) ruling.Hold(seq > floor, $"I8: what was sent after {floor} was answered stands at {seq}");
                _answered[draft.Conversation] = Math.Max(seq, _answered.GetValueOrDefault(draft.Conversation));
                break;
            case Effect.Skip { Conversation: { } conversation, Skipped: var skipped }:
                // Nobody is ever so far behind in a run that a part is left out; only what lies before the beginning is.
                ruling.Hold(device.Screen.Conversations[conversation].From == skipped.To + 1, $"I6: seqs {skipped.From} to {skipped.To} are skipped");
                break;
            case Effect.Apply { Batch: var batch }:
                Passed(device.Account.User, batch.Conversation, batch.Holes, batch.To);
                break;
        }
    }

    // A hole is for what was not to be read when it was told; what is shared with a newcomer later is read as history.
    private void Passed(UserId user, ConversationId conversation, IReadOnlyList<Hole> holes, long upTo)
    {
        if (holes.Count == 0) return;
        Sight then = new(conversation == Lobby.Id);
        foreach (var entry in truth[conversation].Take((int)upTo)) then.Take(entry);
        foreach (var hole in holes)
        {
            for (var seq = hole.From; seq <= hole.To; seq++)
                ruling.Hold(!then.Sees(user, truth[conversation][(int)seq - 1]), $"I6: seq {seq} was passed over as a hole and could be read");
        }
    }

    // A page is the fold of what its reader may see up to the page's head, whenever and by whichever node it was read.
    private void Folded(UserId user, TranscriptPage page)
    {
        var sight = truth.SightOf(page.Conversation);
        Passed(user, page.Conversation, page.Holes, page.Head);
        Readable(user, page.Conversation, page.Entries.Select(entry => entry is Message { EditedAt: not null } message ? message with { Text = null } : entry));
        foreach (var message in page.Entries.OfType<Message>().Where(message => message.Deleted is null))
        {
            var amendments = truth[page.Conversation].Where(entry => entry.Target == message.Seq && entry.Seq <= page.Head && sight.Sees(user, entry)).ToList();
            var text = amendments.LastOrDefault(entry => entry.Kind == EntryKind.Edited) ?? truth[page.Conversation][(int)message.Seq - 1];
            ruling.Hold(message.Text == text.Parts.Text, $"I11, I4: message {message.Seq} is read back as something that its reader's entries do not make it");

            List<(string, UserId)> reactions = [];
            foreach (var entry in amendments)
            {
                var one = (entry.Parts.Emoji ?? "", entry.Author);
                if (entry.Kind == EntryKind.Reacted && !reactions.Contains(one)) reactions.Add(one);
                if (entry.Kind == EntryKind.Unreacted) reactions.Remove(one);
            }
            var read = (message.Reactions ?? []).SelectMany(reaction => reaction.By, (reaction, by) => (reaction.Emoji, by.User));
            ruling.Hold(read.ToHashSet().SetEquals(reactions), $"I11: message {message.Seq} is read back with other reactions than were told");
        }
    }

    // What the call was about, and nothing that somebody else may have been told nothing of yet. It is the node that answers which has closed what it
    // had of it: another may have committed that before, the outcome unknown, and hears of it from the inbox like all others.
    private void Revoked(SteppedNode node, UserId user, SessionId? own, object request)
    {
        foreach (var (ended, whose) in truth.EndedSessions)
        {
            var isMeant = request switch
            {
                EndSession end => ended == end.SessionId,
                LogOut { Everywhere: false } => ended == own,
                _ => whose == user,
            };
            if (isMeant) _revoked.TryAdd(ended, (node, Now));
        }
    }

    private void Stored(UserId author, object request, Receipt receipt)
    {
        var stored = truth[receipt.Conversation].ElementAtOrDefault((int)receipt.Seq - 1);
        ruling.Hold(stored is not null, $"I1: seq {receipt.Seq} was answered and is not stored");
        if (request is not SendMessage send) return;
        ruling.Hold(stored?.Author == author && stored.ClientMessageId == send.ClientMessageId, $"I1: seq {receipt.Seq} was answered and is another's");
        // A message that was committed together with its deletion was never seen with its text.
        var isErased = stored?.Parts.Text is null && truth[receipt.Conversation].Any(other => other.Kind == EntryKind.Deleted && other.Target == receipt.Seq);
        ruling.Hold(isErased || stored?.Parts.Text == send.Text, $"I1: seq {receipt.Seq} says something else than what was sent");
    }

    private void Readable(UserId user, ConversationId conversation, IEnumerable<Entry> entries)
    {
        var sight = truth.SightOf(conversation);
        foreach (var entry in entries)
        {
            var stored = truth[conversation].ElementAtOrDefault((int)entry.Seq - 1);
            ruling.Hold(stored is not null, $"I1: seq {entry.Seq} was told and is not stored");
            if (stored is null) return;
            ruling.Hold(sight.Sees(user, stored), $"I4: seq {entry.Seq} was told to somebody who may not read it");
            ruling.Hold(stored.Author == entry.Author.User && stored.Kind.ToString() == entry.GetType().Name, $"I3: seq {entry.Seq} was told as another entry");
            ruling.Hold(TextOf(entry) is not { } text || text == stored.Parts.Text, $"I3: seq {entry.Seq} was told with another text");
        }
    }

    private void Hears(Line line, string what)
    {
        if (line.Connection!.Session is { } session && _revoked.TryGetValue(session, out var revoked))
            ruling.Hold(!Reaches(revoked, line.Node, Now), $"I12: {what} was told after the session had ended");
    }

    // What was read from memory may be old on another node for as long as that has not heard; what was read from the store, as old as its asking.
    private void Spoken(SteppedNode node, ConversationId conversation, Entry entry, Moment? asked = null)
    {
        var message = entry is Edited edited ? edited.Target : entry.Seq;
        if (_erased.TryGetValue((conversation, message), out var erased))
            ruling.Hold(asked is { } at ? at.Step <= erased.At.Step : !Reaches(erased, node, Now), $"I13: the text of {message} was told after it had been erased");
    }

    private static bool Reaches((SteppedNode Node, Moment At) deed, SteppedNode node, Moment at) =>
        node == deed.Node ? at.Step > deed.At.Step : at.Time > deed.At.Time + Hearsay;

    private static string? TextOf(Entry entry) => entry switch
    {
        Message message => message.Text,
        Edited edited => edited.Text,
        _ => null,
    };

    public static Refusal? RefusalOf(object answer) => (Refusal?)answer.GetType().GetProperty(nameof(Answer<Done>.Refusal))!.GetValue(answer);
}

/// <summary>When something was: many steps may be taken at one time.</summary>
internal readonly record struct Moment(int Step, TimeSpan Time);
