using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;
using Chat.Contracts;

namespace Chat.Bench.Scenarios;

internal sealed class Join : Scenario
{
    private const string Hall = "hall";

    public override string Name => "join";

    public override string Question => "What does a newcomer cost in a conference of 100, 10,000 and 1,000,000 entries: joining, the first page, coming back?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var newcomers = setup.IsQuick ? 5 : 100;
        int[] sizes = setup.IsQuick ? [10_000, 100] : [1_000_000, 10_000, 100];
        Report report = new(Name, $"{Name}: {sizes[0]:#,0} entries and fewer, {newcomers} newcomers one after another, {setup.Protocol}");
        using Loop loop = new();
        List<(int Entries, ChatSide Chat)> halls = [];
        try
        {
            foreach (var entries in sizes)
            {
                Say($"{Name}: {entries:#,0} entries");
                var chat = setup.NewChat(loop);
                halls.Add((entries, chat));
                await Fill(chat, entries);
                await chat.Start();
                await Measure(chat, newcomers);
            }
            // In turns, as beside a bare hub: what is measured first would otherwise pay for a load that is not warm yet.
            for (var run = 0; run < setup.Runs; run++)
            {
                Say($"{Name}: run {run + 1}");
                foreach (var (entries, chat) in halls) report.Add($"{entries:#,0} entries and more", await Measure(chat, newcomers));
            }
        }
        finally
        {
            foreach (var (_, chat) in halls) await chat.DisposeAsync();
        }
        return [report];
    }

    private static async Task Fill(ChatSide chat, int entries)
    {
        await chat.Start();
        var host = (await chat.Gather(1))[0];
        var hall = ChatSide.Yes(await host.Wire.Ask<Answer<ConferenceStarted>>(nameof(IChatHub.StartConference),
            new StartConference { OperationId = OperationId.New(TimeProvider.System), With = [], OpenName = Hall })).Conversation.ConversationId;
        await chat.Stop();
        await Archive.Messages(chat.Database, hall.Value, entries);
    }

    private static async Task<Figures> Measure(ChatSide chat, int count)
    {
        var people = await chat.Gather(count);
        Latencies joined = new(), read = new(), returned = new();
        var cpu = chat.Child.CpuSeconds;
        foreach (var person in people)
        {
            var hall = await joined.Of(() => person.Wire.Ask<Answer<Conversation>>(nameof(IChatHub.JoinConference), new JoinConference { Name = Hall }));
            await read.Of(() => person.Wire.Ask<Answer<TranscriptPage>>(nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = ChatSide.Yes(hall).ConversationId }));
            await person.Wire.Close();
            var again = await returned.Of(() => chat.Resume([person]));
            await again[0].Wire.Close();
        }
        cpu = chat.Child.CpuSeconds - cpu;
        return new Figures()
            .Add("joining p50, ms", joined.Quantile(0.5)).Add("joining p99, ms", joined.Quantile(0.99))
            .Add("first page p50, ms", read.Quantile(0.5)).Add("first page p99, ms", read.Quantile(0.99))
            .Add("connect and resume p50, ms", returned.Quantile(0.5)).Add("connect and resume p99, ms", returned.Quantile(0.99))
            .Add("server CPU, ms a newcomer", 1_000 * cpu / count);
    }
}
