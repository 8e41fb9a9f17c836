using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Bench.Measuring;
using Chat.Bench.Scenarios;

namespace Chat.Bench.Running;

/// <summary>What is kept of a run.</summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Date { get; } = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // As it is before anything is kept: that changes the tree.
    private static string Commit { get; } = Git("rev-parse", "--short", "HEAD") + (Git("status", "--porcelain") is "" ? "" : "-changed");

    public static string Json(IEnumerable<Report> reports) => new JsonObject
    {
        ["date"] = Date,
        ["commit"] = Commit,
        ["machine"] = Machine.Description,
        ["reports"] = new JsonArray([.. reports.Select(report => report.ToJson())]),
    }.ToJsonString(Indented);

    /// <summary>Writes the tables of a run so far beside those of earlier runs; the name of the file.</summary>
    public static string Keep(string command, Setup setup, IReadOnlyList<Report> reports)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Machine.Sources, "results"));
        var file = Path.Combine(folder.FullName, $"{Date}-{Commit}-{command}.txt");
        File.WriteAllText(file, $"""
            {Date}, commit {Commit}
            {Machine.Description}
            {setup.Runs} runs, {setup.WarmUp.TotalSeconds} s of warming up, {setup.Window.TotalSeconds} s a run where the scenario has no times of its own; minimum, median and maximum
            {Goals.Table(reports)}{string.Concat(reports.Select(Table.Of))}
            """.ReplaceLineEndings("\n"));
        return file;
    }

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, WorkingDirectory = Machine.Sources })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }
}
