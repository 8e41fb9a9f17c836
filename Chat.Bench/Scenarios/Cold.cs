using System.Diagnostics;
using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;

namespace Chat.Bench.Scenarios;

internal sealed class Cold : Scenario
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(5);

    public override string Name => "cold";

    public override string Question => "How much more does a delivery cost 5 to 10 s after the start than in a server that is warm?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var members = setup.Members ?? (setup.IsQuick ? 100 : 1_000);
        var rate = setup.Rate ?? (setup.IsQuick ? 2_000 : 10_000);
        Pace pace = new(rate / members);
        Report report = new(Name, $"{Name}: {members:#,0} members, {Room.Speakers} speakers, {rate:#,0} deliveries/s, after a restart, {setup.TextLength} bytes, {setup.Protocol}");
        using Loop loop = new();
        await using var chat = setup.NewChat(loop);
        await chat.Start();
        var people = await chat.Gather(members);
        var conversation = await chat.Meet(people);
        for (var run = 0; run < setup.Runs; run++)
        {
            Say($"{Name}: run {run + 1}");
            await Side.Leave(people);
            await chat.Stop();
            await chat.Start();
            var began = Stopwatch.GetTimestamp();
            people = await chat.Resume(people);
            Stage stage = new(chat, [new(conversation, [.. people.Take(Room.Speakers)], members)], setup.TextLength);
            if (Early - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left) await stage.Talk(pace, left);
            report.Add("cold", (await stage.Talk(pace, Early)).Figures);
            await stage.Talk(pace, setup.WarmUp);
            report.Add("warm", (await stage.Talk(pace, Early)).Figures);
        }
        return [report];
    }
}
