using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

public sealed class RandomRunsTests
{
    private const int Seeds = 2_500;

    [Fact]
    public void In_every_run_what_is_promised_holds()
    {
        List<string> broken = [];
        for (var seed = 1; seed <= Seeds && broken.Count < 5; seed++)
        {
            var run = new RandomRun(seed);
            try
            {
                run.Play();
                broken.AddRange(Broken(run).Take(1).Select(promise => $"seed {seed}: {promise}"));
            }
            catch (Exception exception)
            {
                broken.Add($"seed {seed}: {exception.Message}");
            }
        }

        broken.Should().BeEmpty();
    }

    /// <summary>What must be true once all is settled; what must be true at every moment is watched by <see cref="Screen"/>.</summary>
    private static IEnumerable<string> Broken(RandomRun run)
    {
        foreach (var (conversation, shown) in run.Screen.Conversations)
        {
            foreach (var entry in shown.Entries.Values)
            {
                if (run.Server.Transcripts[conversation][(int)entry.Seq - 1] != entry) yield return $"{conversation} shows another entry at {entry.Seq}";
            }
        }
        foreach (var draft in run.Queued)
        {
            var stored = run.Server.Transcripts[draft.Conversation].Count(entry => FakeServer.IdOf(entry) == draft.ClientMessageId);
            var outcome = run.Screen.Outcomes.GetValueOrDefault(draft.ClientMessageId);
            if (stored > 1) yield return $"{draft.ClientMessageId} is stored twice";
            if (outcome is null) yield return $"{draft.ClientMessageId} has no outcome";
            if (outcome == "stored" && stored == 0 && run.NothingWasRestored) yield return $"{draft.ClientMessageId} is lost";
            if (outcome == "failed" && draft is MessageDraft && stored > 0) yield return $"{draft.ClientMessageId} failed and is stored";
        }
        foreach (var lane in run.Queued.GroupBy(draft => draft.Conversation))
        {
            var queued = lane.Select(draft => draft.ClientMessageId).ToList();
            var stored = run.Server.Transcripts[lane.Key].Select(FakeServer.IdOf).OfType<ClientMessageId>().Where(queued.Contains);
            if (!stored.Select(id => queued.IndexOf(id)).SequenceEqual(stored.Select(id => queued.IndexOf(id)).Order())) yield return $"{lane.Key} is out of order";
        }
    }
}
