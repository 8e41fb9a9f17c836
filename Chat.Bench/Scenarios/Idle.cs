using System.Diagnostics;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;

namespace Chat.Bench.Scenarios;

internal sealed class Idle : Scenario
{
    private const int Small = 100; // connections that come and go first, so that what is only made once is not counted

    public override string Name => "idle";

    public override string Question => "What do 5,000 and 10,000 connections cost that say nothing, and how fast do they come?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        List<Report> reports = [];
        foreach (var connections in setup.Members is { } asked ? [asked] : setup.IsQuick ? new[] { 200 } : [5_000, 10_000])
        {
            var length = TimeSpan.FromSeconds(setup.IsQuick ? 3 : 60);
            Report report = new(Name, $"{Name}: {connections:#,0} connections, {length.TotalSeconds:0} s, {setup.Protocol}");
            using Loop loop = new();
            await using var chat = setup.NewChat(loop);
            IReadOnlyList<Guest> known = [];
            for (var run = 0; run < setup.Runs; run++)
            {
                if (run == 0) known = await Register(chat, connections);
                Say($"{Name}: {connections:#,0} connections, run {run + 1}");
                report.Add(chat.Name, await Ours(chat, known, length));
                if (setup.WithBare) report.Add("bare SignalR", await Bare(setup, loop, connections, length));
            }
            reports.Add(report);
        }
        return reports;
    }

    private static async Task<IReadOnlyList<Guest>> Register(ChatSide chat, int count)
    {
        await chat.Start();
        var people = await chat.Gather(count);
        await Side.Leave(people);
        await chat.Stop();
        return people;
    }

    private static async Task<Figures> Ours(ChatSide chat, IReadOnlyList<Guest> known, TimeSpan length)
    {
        await chat.Start();
        await Side.Leave(await chat.Resume([.. known.Take(Small)]));
        var figures = await Look(chat, known.Count, length, () => chat.Resume(known));
        await chat.Stop();
        return figures;
    }

    private static async Task<Figures> Bare(Setup setup, Loop loop, int connections, TimeSpan length)
    {
        await using var bare = setup.NewBare(loop);
        await bare.Start();
        await Side.Leave(await bare.Gather(Small));
        return await Look(bare, connections, length, () => bare.Gather(connections));
    }

    private static async Task<Figures> Look(Side side, int connections, TimeSpan length, Func<Task<IReadOnlyList<Guest>>> come)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        var resident = side.Child.Resident;
        var cpu = side.Child.CpuSeconds;
        var began = Stopwatch.GetTimestamp();
        var people = await come();
        var came = Stopwatch.GetElapsedTime(began);
        var coming = side.Child.CpuSeconds - cpu;

        await Task.Delay(TimeSpan.FromSeconds(2));
        cpu = side.Child.CpuSeconds;
        await Task.Delay(length);
        var idling = side.Child.CpuSeconds - cpu;
        var lost = people.Count(person => person.Wire.IsClosed);
        var figures = new Figures()
            .Add("connections/s", connections / came.TotalSeconds)
            .Add("server CPU, ms a connection made", 1_000 * coming / connections)
            .Add("resident, KB a connection", (side.Child.Resident - resident) / 1e3 / connections)
            .Add("server CPU, µs a connection and s", 1e6 * idling / length.TotalSeconds / connections)
            .Add("lost", lost);
        await Side.Leave(people);
        return figures;
    }
}
