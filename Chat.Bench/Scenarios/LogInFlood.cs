using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;
using Chat.Contracts;

namespace Chat.Bench.Scenarios;

internal sealed class LogInFlood : Scenario
{
    private const int Flooding = 32;

    // Passwords cost what they cost by default, and nothing keeps a stranger from trying one after another.
    private static readonly string[] Settings = ["--Login:PasswordIterations=210000", "--Login:FreeFailures=0", "--Login:FailuresPerAddress=0", "--Login:FailuresPerUser=0", "--Delivery:AnonymousLimit=600"];

    public override string Name => "login";

    public override string Question => "How much longer do senders wait while 32 connections try wrong passwords without a pause?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var members = setup.Members ?? (setup.IsQuick ? 10 : 100);
        var rate = setup.Rate ?? 2_000;
        Report report = new(Name, $"{Name}: {members} members, {rate:#,0} deliveries/s, beside {Flooding} connections that try passwords, {setup.Protocol}");
        using Loop loop = new();
        await using var chat = setup.NewChat(loop, Settings);
        await chat.Start();
        Stage stage = new(chat, await Room.One(chat, members), setup.TextLength);
        await stage.Talk(new(rate / members), setup.WarmUp);
        for (var run = 0; run < setup.Runs; run++)
        {
            report.Add("flooded", await Flooded(chat, () => stage.Talk(new(rate / members), setup.Window)));
            report.Add("calm", (await stage.Talk(new(rate / members), setup.Window)).Figures);
        }
        return [report];
    }

    private static async Task<Figures> Flooded(ChatSide chat, Func<Task<(Figures Figures, Meter Meter)>> talk)
    {
        using CancellationTokenSource end = new();
        var tried = 0;
        var flood = Task.WhenAll(Enumerable.Range(0, Flooding).Select(async number =>
        {
            var wire = await chat.Connect();
            while (!end.IsCancellationRequested)
            {
                await wire.Ask<Answer<Session>>(nameof(IChatHub.LogIn), new LogIn { UserName = $"bench{number % 10:00000}", Password = "not the password" });
                Interlocked.Increment(ref tried);
            }
            await wire.Close();
        }));
        var before = tried;
        var (figures, _) = await talk();
        figures.Add("passwords tried", tried - before);
        await end.CancelAsync();
        await flood;
        return figures;
    }
}
