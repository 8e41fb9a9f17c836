using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Sockets;

namespace Chat.Bench.Scenarios;

internal sealed class Soak : Scenario
{
    private const int Minutes = 10;

    public override string Name => "soak";

    public override string Question => "Does the server stay as it is while many conversations go on for minutes?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var (users, conversations) = setup.IsQuick ? (50, 25) : (2_000, 1_000);
        var rate = setup.Rate ?? (setup.IsQuick ? 500 : 5_000);
        var minutes = setup.IsQuick ? 2 : setup.Minutes ?? Minutes;
        var minute = setup.IsQuick ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1);
        Report report = new(Name, $"{Name}: {minutes} minutes of {rate:#,0} deliveries/s in {conversations:#,0} conversations, {setup.Protocol}");
        using Loop loop = new();
        await using var chat = setup.NewChat(loop);
        await chat.Start();
        Stage stage = new(chat, await Many.Several(chat, users, conversations), setup.TextLength);
        await stage.Talk(new(rate / Many.MeanMembers, IsRandom: true), setup.WarmUp);
        for (var number = 1; number <= minutes; number++)
        {
            var (figures, _) = await stage.Talk(new(rate / Many.MeanMembers, IsRandom: true), minute);
            figures.Add("threads", chat.Child.Threads).Add("open files", chat.Child.Handles);
            report.Add(number > minutes / 2 ? "second half" : "first half", figures);
        }
        return [report];
    }
}
