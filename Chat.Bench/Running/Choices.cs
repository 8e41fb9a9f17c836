using System.CommandLine;
using Chat.Bench.Scenarios;

namespace Chat.Bench.Running;

/// <summary>What can be said about how to measure, the same for every scenario.</summary>
internal static class Choices
{
    private static readonly Option<int?> Runs = new("--runs") { Description = "How often each server is measured (3).", Recursive = true };
    private static readonly Option<double?> WarmUp = new("--warm-up") { Description = "Seconds of load before anything is counted (25).", Recursive = true };
    private static readonly Option<double?> Window = new("--window") { Description = "Seconds of load in one run (15).", Recursive = true };
    private static readonly Option<bool> Quick = new("--quick") { Description = "Small and short: shows that it works, measures nothing.", Recursive = true };
    private static readonly Option<string> Protocol = new("--protocol") { Description = "json or messagepack (json).", Recursive = true, DefaultValueFactory = _ => "json" };
    private static readonly Option<int?> Text = new("--text") { Description = "Bytes of a message (100).", Recursive = true };
    private static readonly Option<int?> Members = new("--members") { Description = "Members of the conversation, or connections, instead of the scenario's own, where it has one number of them.", Recursive = true };
    private static readonly Option<double?> Rate = new("--rate") { Description = "Deliveries, or sends, a second instead of the scenario's own, where it has a pace.", Recursive = true };
    private static readonly Option<int?> Minutes = new("--minutes") { Description = "Minutes of the soak (10).", Recursive = true };
    private static readonly Option<FileInfo?> Server = new("--server") { Description = "The Chat.Server.dll to measure (the one beside this program's project).", Recursive = true };
    private static readonly Option<bool> Alone = new("--alone") { Description = "Leaves the bare SignalR hub out.", Recursive = true };
    private static readonly Option<bool> Unpinned = new("--unpinned") { Description = "Lets server and load run on every core.", Recursive = true };

    public static Option<FileInfo?> Json { get; } = new("--json") { Description = "A file for the figures.", Recursive = true };

    public static Option<bool> Keep { get; } = new("--keep") { Description = "Keeps the tables in Chat.Bench/results, as all does.", Recursive = true };

    public static IEnumerable<Option> All { get; } = [Runs, WarmUp, Window, Quick, Protocol, Text, Members, Rate, Minutes, Server, Alone, Unpinned, Json, Keep];

    static Choices() => Protocol.AcceptOnlyFromAmong("json", "messagepack");

    public static Setup Of(ParseResult line)
    {
        var quick = line.GetValue(Quick);
        return new()
        {
            IsQuick = quick,
            Runs = line.GetValue(Runs) ?? (quick ? 1 : 3),
            WarmUp = TimeSpan.FromSeconds(line.GetValue(WarmUp) ?? (quick ? 1 : 25)),
            Window = TimeSpan.FromSeconds(line.GetValue(Window) ?? (quick ? 2 : 15)),
            Protocol = line.GetValue(Protocol)!,
            TextLength = line.GetValue(Text) ?? 100,
            Members = line.GetValue(Members),
            Rate = line.GetValue(Rate),
            Minutes = line.GetValue(Minutes),
            Server = line.GetValue(Server)?.FullName ?? Machine.Server,
            WithBare = !line.GetValue(Alone),
            IsPinned = !line.GetValue(Unpinned),
        };
    }
}
