using System.CommandLine;
using Chat.Bench.Measuring;
using Chat.Bench.Scenarios;
using Chat.Bench.Servers;

namespace Chat.Bench.Running;

/// <summary>From the arguments to the tables.</summary>
internal static class Launch
{
    public static Task<int> Run(string[] args, params Scenario[] scenarios)
    {
        RootCommand root = new("Measures the chat server, beside a bare SignalR hub, and prints a table for each scenario.");
        foreach (var option in Choices.All) root.Options.Add(option);
        foreach (var scenario in scenarios) root.Subcommands.Add(CommandOf(scenario));
        root.Subcommands.Add(Bare());
        return root.Parse(args).InvokeAsync();
    }

    private static Command CommandOf(Scenario scenario)
    {
        Command command = new(scenario.Name, scenario.Question);
        command.SetAction(async (line, cancel) =>
        {
            Machine.Prepare(Choices.Of(line));
            List<Report> reports = [.. await scenario.Run(Choices.Of(line))];
            foreach (var report in reports) await Console.Out.WriteAsync(Table.Of(report));
            if (line.GetValue(Choices.Json) is { } file) await File.WriteAllTextAsync(file.FullName, Results.Json(reports), cancel);
        });
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
