using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

/// <summary>What an application does with the effects, and the judge of whether they keep what the rules promise.</summary>
internal sealed class Screen
{
    private readonly Dictionary<ConversationId, Shown> _shown = [];
    private readonly Dictionary<ClientMessageId, string> _outcomes = [];
    private long? _inboxHave;

    public IReadOnlyDictionary<ConversationId, Shown> Conversations => _shown;

    public IReadOnlyDictionary<ClientMessageId, string> Outcomes => _outcomes;

    public void Show(Effect effect)
    {
        switch (effect)
        {
            case Effect.Begin { Conversation: { } conversation, From: var from }:
                _shown[conversation] = new() { From = from, Have = from - 1 };
                break;
            case Effect.Begin { From: var from }:
                _inboxHave = from - 1;
                break;
            case Effect.Skip { Conversation: { } conversation, Skipped: var skipped }:
                _shown[conversation].Skip(skipped);
                break;
            case Effect.Skip { Skipped: var skipped }:
                Fail(skipped.From != _inboxHave + 1, "the inbox skips something else than the next");
                _inboxHave = skipped.To;
                break;
            case Effect.Forget { Conversation: { } conversation }:
                _shown.Remove(conversation);
                break;
            case Effect.Apply { Batch: var batch }:
                _shown[batch.Conversation].Apply(batch);
                break;
            case Effect.ApplyInbox { Batch: var batch }:
                Fail(batch.From != _inboxHave + 1, "the inbox leaves a gap or repeats");
                _inboxHave = batch.To;
                break;
            case Effect.Stored { Draft.ClientMessageId: var id }:
                Fail(!_outcomes.TryAdd(id, "stored"), "a draft has two outcomes");
                break;
            case Effect.Failed { Draft.ClientMessageId: var id }:
                Fail(!_outcomes.TryAdd(id, "failed"), "a draft has two outcomes");
                break;
        }
    }

    private static void Fail(bool broken, string promise)
    {
        if (broken) throw new InvalidOperationException(promise);
    }

    /// <summary>One conversation: from <see cref="From"/> to <see cref="Have"/>, entries, holes and skipped parts.</summary>
    internal sealed class Shown
    {
        public required long From { get; set; }

        public required long Have { get; set; }

        public SortedDictionary<long, Entry> Entries { get; } = [];

        public void Skip(Hole skipped)
        {
            // Either what comes next, or what lies before the beginning.
            if (skipped.To == From - 1) From = skipped.From;
            else
            {
                Fail(skipped.From != Have + 1, "something else is skipped than what comes next");
                Have = skipped.To;
            }
        }

        public void Apply(EntryBatch batch)
        {
            Fail(batch.From != Have + 1, $"{batch.From} is applied behind {Have}");
            var next = batch.From;
            foreach (var (from, to, entry) in batch.Entries.Select(entry => (entry.Seq, entry.Seq, (Entry?)entry))
                .Concat(batch.Holes.Select(hole => (hole.From, hole.To, (Entry?)null))).OrderBy(part => part.Item1))
            {
                Fail(from != next, $"{from} comes where {next} belongs");
                next = to + 1;
                if (entry is not null) Entries.Add(entry.Seq, entry);
            }
            Fail(next != batch.To + 1, "a batch ends before it says so");
            Have = batch.To;
        }
    }
}
