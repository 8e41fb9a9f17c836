using System.CommandLine;
using Chat.Bench.Measuring;
using Chat.Bench.Micro;
using Chat.Bench.Scenarios;
using Chat.Bench.Servers;

namespace Chat.Bench.Running;

/// <summary>From the arguments to the tables.</summary>
internal static class Launch
{
    private const string All = "all";

    public static Task<int> Run(string[] args, params Scenario[] scenarios)
    {
        RootCommand root = new("Measures the chat server, beside a bare SignalR hub, and prints a table for each scenario.");
        foreach (var option in Choices.All) root.Options.Add(option);
        foreach (var scenario in scenarios) root.Subcommands.Add(CommandOf(scenario.Name, scenario.Question, scenario));
        root.Subcommands.Add(CommandOf(All, "All of them, one after another, into a file of Chat.Bench/results.", scenarios));
        root.Subcommands.Add(Micro());
        root.Subcommands.Add(Bare());
        return root.Parse(args).InvokeAsync();
    }

    private static Command CommandOf(string name, string description, params Scenario[] scenarios)
    {
        Command command = new(name, description);
        command.SetAction(async (line, cancel) =>
        {
            var setup = Choices.Of(line);
            Machine.Prepare(setup);
            List<Report> reports = [];
            foreach (var scenario in scenarios)
            {
                var found = await scenario.Run(setup);
                foreach (var report in found) await Console.Out.WriteAsync(Table.Of(report));
                reports.AddRange(found);
                if ((name == All || line.GetValue(Choices.Keep)) && !setup.IsQuick) await Console.Error.WriteLineAsync($"Kept in {Results.Keep(name, setup, reports)}"); // after each: the next may fail
            }
            await Console.Out.WriteAsync(Goals.Table(reports));
            if (line.GetValue(Choices.Json) is { } file) await File.WriteAllTextAsync(file.FullName, Results.Json(reports), cancel);
        });
        return command;
    }

    private static Command Micro()
    {
        Command command = new("micro", "What is done for each message or delivery: encoding, decoding, appending, telling.");
        command.SetAction(line => InnerLoops.Run(Choices.Of(line).IsQuick));
        return command;
    }

    // The yardstick, run by this program as a program of its own.
    private static Command Bare()
    {
        Argument<string> url = new("url");
        Command command = new(BareServer.Verb) { url };
        command.Hidden = true;
        command.SetAction((line, _) => BareServer.Run(line.GetValue(url)!));
        return command;
    }
}
