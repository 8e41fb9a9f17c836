using System.Diagnostics;
using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;
using Chat.Contracts;

namespace Chat.Bench.Scenarios;

internal sealed class Storm : Scenario
{
    private const int Missed = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public override string Name => "storm";

    public override string Question => "How long until 5,000 clients have resumed after a restart and hold the 100 entries that they missed?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var members = setup.Members ?? (setup.IsQuick ? 100 : 5_000);
        Report report = new(Name, $"{Name}: {members:#,0} clients come back, {Side.Returning} at a time, {Missed} entries behind, {setup.Protocol}; the bare hub's only connect and join a group");
        using Loop loop = new();
        await using var chat = setup.NewChat(loop);
        await chat.Start();
        var people = await chat.Gather(members);
        var conversation = await chat.Meet(people);
        for (var run = 0; run < setup.Runs; run++)
        {
            Say($"{Name}: run {run + 1}");
            report.Add(chat.Name, await Return(chat, people, conversation));
            if (!setup.WithBare) continue;
            await using var bare = setup.NewBare(loop);
            await bare.Start();
            report.Add(bare.Name, await Arrive(bare, members));
        }
        return [report];
    }

    private static async Task<Figures> Return(ChatSide chat, IReadOnlyList<Guest> people, string conversation)
    {
        var head = await Head(chat, people[0], conversation);
        await Side.Leave(people);
        await chat.Stop();
        await Archive.Messages(chat.Database, conversation, Missed);
        await chat.Start();

        var cpu = chat.Child.CpuSeconds;
        var began = Stopwatch.GetTimestamp();
        var back = await chat.Return(people, conversation, head);
        var resumed = Stopwatch.GetElapsedTime(began);
        while (back.Any(person => !person.Wire.IsClosed && person.Wire.Delivered < Missed) && Stopwatch.GetElapsedTime(began) < Patience) await Task.Delay(10);
        var caughtUp = Stopwatch.GetElapsedTime(began);
        var figures = new Figures()
            .Add("all back, s", resumed.TotalSeconds)
            .Add("all caught up, s", caughtUp.TotalSeconds)
            .Add("connections/s", people.Count / resumed.TotalSeconds)
            .Add("failed, or not caught up", people.Count - back.Count(person => !person.Wire.IsClosed && person.Wire.Delivered >= Missed))
            .Add("server CPU, ms a connection", 1_000 * (chat.Child.CpuSeconds - cpu) / people.Count);
        await Side.Leave(back);
        return figures;
    }

    private static async Task<Figures> Arrive(BareSide bare, int count)
    {
        var cpu = bare.Child.CpuSeconds;
        var began = Stopwatch.GetTimestamp();
        var people = await bare.Arrive(count);
        var back = Stopwatch.GetElapsedTime(began);
        var figures = new Figures()
            .Add("all back, s", back.TotalSeconds)
            .Add("connections/s", count / back.TotalSeconds)
            .Add("server CPU, ms a connection", 1_000 * (bare.Child.CpuSeconds - cpu) / count);
        await Side.Leave(people);
        return figures;
    }

    private static async Task<long> Head(ChatSide chat, Guest person, string conversation)
    {
        var one = person.Wire.IsClosed ? (await chat.Resume([person]))[0] : person;
        var head = ChatSide.Yes(await one.Wire.Ask<Answer<Conversation>>(nameof(IChatHub.GetConversation), new GetConversation { Conversation = new(conversation) })).Head;
        await one.Wire.Close();
        return head;
    }
}
