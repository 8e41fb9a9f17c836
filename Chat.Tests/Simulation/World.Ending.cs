using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Server.Transcripts;
using Chat.Tests.Simulation.Clients;

namespace Chat.Tests.Simulation;

/// <summary>The end of a run: the trouble is over, everything comes to rest, and what must be true of the whole is looked at.</summary>
internal sealed partial class World
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private void NextDeed()
    {
        _deeds--;
        // Mostly with a device that is ready for it.
        var ready = _random.Next(8) == 0 ? [] : _devices.FindAll(device => device.IsLive);
        if (ready.Count == 0) ready = _devices;
        var device = ready[_random.Next(ready.Count)];
        _trace.Add(device.DoSomething(), device.Number);
    }

    // At rest: everything known is told and sent, and stays so for longer than a sweep takes.
    private void Calm()
    {
        _isFair = true;
        _weather.End();
        foreach (var line in _lines) line.StoppedUntil = TimeSpan.Zero;
        var until = _clock.Now + Patience;
        var calmSince = _clock.Now;
        while (_ruling.Broken is null && _clock.Now - calmSince < Rest)
        {
            if (_clock.Now > until || _trace.Steps > MostSteps)
            {
                _ruling.Fail($"I6, I9: nothing comes to rest; {string.Join(", ", _devices.Where(device => !device.IsSettled).Select(device => $"device {device.Number} is {device.Rules.State} with {device.Rules.Drafts.Count} drafts"))}");
            }
            Step();
            if (!_devices.TrueForAll(device => device.IsSettled && device.Line is { IsOpen: true, IsSilent: false, ToClient: 0, IsCalled: false })) calmSince = _clock.Now;
        }
    }

    private void JudgeTheEnd()
    {
        // Everybody reads back everything, and every device something; what is answered is judged as ever.
        foreach (var device in _accounts.Select(account => _devices.First(device => device.Account == account)))
        {
            foreach (var conversation in _truth.Conversations.Append(Lobby.Id)) device.ReadBack(conversation);
        }
        foreach (var device in _devices) device.ReadBack(Lobby.Id);
        Finish(_devices);
        foreach (var device in _devices)
        {
            JudgeWhatIsHeld(device);
            JudgeWhatWasWritten(device);
        }
        JudgeWhatWasErased();
        if (_random.Next(4) == 0) JudgeWhatIsRefused();
    }

    private void JudgeWhatIsHeld(Device device)
    {
        var user = device.Account.User;
        foreach (var conversation in _truth.Conversations)
        {
            var sight = _truth.SightOf(conversation);
            var known = device.Screen.Conversations.GetValueOrDefault(conversation);
            if (!sight.WasEverIn(user) || IsBehindACurtain(user, conversation))
            {
                _ruling.Hold(known is null, $"I4: device {device.Number} knows a conversation that its user was never in");
                continue;
            }
            var head = _truth.HeadFor(user, conversation);
            if (known is null || known.Have != head)
            {
                _ruling.Fail($"I6: device {device.Number} holds conversation {_truth.Conversations.IndexOf(conversation)} up to {known?.Have}, and its user may read up to {head}");
                continue;
            }
            foreach (var (seq, entry) in known.Entries)
                _ruling.Hold(_truth[conversation][(int)seq - 1].Author == entry.Author.User, $"I3: device {device.Number} holds another entry at {seq}");
        }
    }

    // Whom a private chat was started with knows of it from the first message on.
    private bool IsBehindACurtain(UserId user, ConversationId conversation) =>
        _truth.Count("SELECT COUNT(*) FROM member WHERE conversation_id = @c AND user_id = @u AND told = 0", ("@c", conversation.Value), ("@u", user.Value)) > 0;

    private void JudgeWhatWasWritten(Device device)
    {
        var user = device.Account.User;
        foreach (var draft in device.Written)
        {
            var stored = _truth.Find(user, draft.ClientMessageId);
            var outcome = device.Screen.Outcomes.GetValueOrDefault(draft.ClientMessageId);
            _ruling.Hold(outcome is not null, $"I9: device {device.Number} never learnt what became of a draft");
            if (draft is MessageDraft) _ruling.Hold(stored is not null == (outcome == "stored"), $"I9: a draft of device {device.Number} is {outcome}, and in the transcript: {stored is not null}");
            else _ruling.Hold(outcome != "failed" || stored is null, $"I14: a refused {draft.GetType().Name} of device {device.Number} is stored");
        }
        foreach (var conversation in device.Written.OfType<MessageDraft>().GroupBy(draft => draft.Conversation))
        {
            var places = conversation.Select(draft => _truth.Find(user, draft.ClientMessageId)?.Seq).OfType<long>().ToList();
            _ruling.Hold(places.SequenceEqual(places.Order()), $"I7: messages of device {device.Number} stand as {string.Join(", ", places)}");
        }
    }

    private void JudgeWhatWasErased()
    {
        foreach (var conversation in _truth.Conversations.Append(Lobby.Id))
        {
            foreach (var entry in _truth[conversation].Where(entry => entry.Kind == EntryKind.Deleted))
            {
                // What was committed together with the deletion was never seen with its text.
                var texts = _truth[conversation].Where(other => other.Parts.Text is not null && (other.Seq == entry.Target || other.Target == entry.Target));
                foreach (var erased in texts)
                    _ruling.Hold(_truth.Count("SELECT COUNT(*) FROM entry WHERE body LIKE '%\"' || @text || '\"%'", ("@text", erased.Parts.Text!)) == 0, $"I13: the text of {erased.Seq} is still stored");
            }
        }
    }

    private void Finish(List<Device> asking)
    {
        for (var steps = 0; steps < 50_000 && asking.Exists(device => device.Line is { IsCalled: true }); steps++) Step();
    }

    // When nothing else goes on, a stranger's tries can be seen to change nothing at all.
    private void JudgeWhatIsRefused()
    {
        var device = _devices[_random.Next(_devices.Count)];
        var foreign = _truth.Conversations.FindAll(conversation => !_truth.SightOf(conversation).IsIn(device.Account.User));
        if (foreign.Count == 0) return;
        var before = _truth.Everything();
        device.TryAsAStranger(foreign[_random.Next(foreign.Count)]);
        Finish([device]);
        _ruling.Hold(_truth.Everything() == before, "I14: what was refused has changed something");
    }
}
