using System.Globalization;
using System.Text;

namespace Chat.Bench.Measuring;

/// <summary>The table of goals: what was wanted, what was measured, whether that is enough.</summary>
internal static class Goals
{
    private const string Cpu = "server CPU, s per 1 M deliveries";
    private const string DeliveryP99 = "delivery p99, ms";
    private const string PerSecond = "deliveries/s";
    private const string Connections = "connections/s";

    private static readonly Goal[] All =
    [
        Goal.AtMost(0.57, "room: 1,000 ", "CPU a delivery in a room of 1,000, by bare SignalR's", report => report.Ratio(Cpu)),
        Goal.AtMost(1, "room: 1,000 ", "p99 in a room of 1,000, by bare SignalR's", report => report.Ratio(DeliveryP99)),
        Goal.AtMost(0.2, "max: 1,000 ", "CPU a delivery at the highest rate, by bare SignalR's", report => report.Ratio(Cpu)),
        Goal.AtLeast(2, "max: 1,000 ", "highest rate, by bare SignalR's", report => report.Ratio(PerSecond)),
        Goal.AtMost(0.6, "many: 1,000 ", "CPU a delivery in many conversations, by bare SignalR's", report => report.Ratio(Cpu)),
        Goal.AtLeast(99.9, "many: 1,000 ", "per cent that arrive of 10,000 deliveries/s in many conversations", report => report.First("arrived, %")),
        Goal.AtMost(17, "idle: 10,000 ", "KB resident a connection", report => report.First("resident, KB a connection")),
        Goal.AtMost(0.3, "idle: 10,000 ", "CPU of heartbeats, by bare SignalR's", report => report.Ratio("server CPU, µs a connection and s")),
        Goal.AtLeast(1, "idle: 5,000 ", "connections made and resumed a second, by bare SignalR's", report => report.Ratio(Connections)),
        Goal.AtLeast(5_000, "send: 512 ", "acknowledged durable sends/s, SQLite, 512 senders", report => report.First("acknowledged/s")),
        Goal.AtMost(50, "send: 1,000 ", "ms, p99 of an acknowledged send at 1,000/s, SQLite", report => report.First("answer p99, ms")),
        Goal.AtMost(1.2, "join: 1,000,000 ", "joining 1,000,000 entries, by joining 100", report => report.Ratio("joining p50, ms")),
        Goal.AtMost(1.2, "join: 1,000,000 ", "first page of 1,000,000 entries, by that of 100", report => report.Ratio("first page p50, ms")),
        Goal.AtMost(30, "storm: 5,000 ", "s until 5,000 have resumed and caught up", report => report.First("all caught up, s")),
        Goal.AtMost(0, "storm: 5,000 ", "of 5,000 that failed", report => report.First("failed, or not caught up")),
        Goal.AtMost(1.2, "cold: 1,000 ", "CPU a delivery 5 to 10 s after the start, by that when warm", report => report.Ratio(Cpu)),
        Goal.AtMost(2, "login: 100 ", "p99 of senders beside a flood of log-ins, by that without", report => report.Ratio("answer p99, ms")),
        Goal.AtMost(20, "list: 5,000 ", "ms, p99 of the first page with 5,000 conversations", report => report.First("first page p99, ms")),
    ];

    /// <summary>Of what was measured; nothing where no goal is about it.</summary>
    public static string Table(IReadOnlyList<Report> reports)
    {
        StringBuilder text = new();
        foreach (var goal in All)
        {
            if (goal.Of(reports) is { } measured) text.AppendLine(Line(goal.Words, $"{(goal.IsAtLeast ? "≥" : "≤")} {Number(goal.Bound)}", Number(measured), goal.IsReached(measured) ? "reached" : "not reached"));
        }
        if (Growth(reports) is { } growth) text.AppendLine(Line("CPU a delivery in a room of 5,000, by that in one of 100", "≤ 1.2", Number(growth), growth <= 1.2 ? "reached" : "not reached"));
        return text.Length == 0 ? "" : $"\n{Line("goal", "wanted", "measured", "")}\n{text}";
    }

    // The one goal that is about two reports.
    private static double? Growth(IReadOnlyList<Report> reports)
    {
        var small = reports.FirstOrDefault(report => report.Title.StartsWith("room: 100 ", StringComparison.Ordinal))?.First(Cpu);
        var large = reports.FirstOrDefault(report => report.Title.StartsWith("room: 5,000 ", StringComparison.Ordinal))?.First(Cpu);
        return large / small;
    }

    private static string Line(string goal, string wanted, string measured, string reached) => $"{goal,-68}{wanted,10}{measured,10}  {reached}".TrimEnd();

    private static string Number(double value) => value.ToString(value >= 100 ? "#,0" : "0.##", CultureInfo.InvariantCulture);
}
