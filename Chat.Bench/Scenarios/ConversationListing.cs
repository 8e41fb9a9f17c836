using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;
using Chat.Contracts;

namespace Chat.Bench.Scenarios;

internal sealed class ConversationListing : Scenario
{
    public override string Name => "list";

    public override string Question => "How long does the first page of the list take for a user with 5,000 conversations?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var calls = setup.IsQuick ? 20 : 200;
        int[] sizes = setup.IsQuick ? [500, 50] : [5_000, 50];
        Report report = new(Name, $"{Name}: {sizes[0]:#,0} conversations and fewer, the first 50 of them, {calls} calls one after another, {setup.Protocol}");
        foreach (var conversations in sizes)
        {
            Say($"{Name}: {conversations:#,0} conversations");
            using Loop loop = new();
            await using var chat = setup.NewChat(loop);
            await chat.Start();
            var people = await chat.Gather(2);
            await chat.Stop();
            await Archive.Conferences(chat.Database, conversations, people[0].Name, people[1].Name);
            await chat.Start();
            await Measure(chat, people[0], calls);
            for (var run = 0; run < setup.Runs; run++) report.Add($"{conversations:#,0} conversations", await Measure(chat, people[0], calls));
        }
        return [report];
    }

    private static async Task<Figures> Measure(ChatSide chat, Guest person, int calls)
    {
        Latencies returned = new(), listed = new();
        var one = (await returned.Of(() => chat.Resume([person])))[0];
        var cpu = chat.Child.CpuSeconds;
        for (var call = 0; call < calls; call++)
            ChatSide.Yes(await listed.Of(() => one.Wire.Ask<Answer<ConversationPage>>(nameof(IChatHub.ListConversations), new ListConversations { Limit = 50 })));
        cpu = chat.Child.CpuSeconds - cpu;
        await one.Wire.Close();
        return new Figures()
            .Add("first page p50, ms", listed.Quantile(0.5)).Add("first page p99, ms", listed.Quantile(0.99))
            .Add("server CPU, ms a page", 1_000 * cpu / calls)
            .Add("connect and resume, ms", returned.Quantile(1));
    }
}
