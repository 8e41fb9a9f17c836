using System.Diagnostics;
using System.Text.Json;
using Chat.Tests.Support;

namespace Chat.Tests.Bench;

/// <summary>The benchmarks as they are run, small and short: their figures are no measurements, but they are figures.</summary>
public sealed class MeasuringBriefly : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Chat.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Chat.Bench{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "Chat.Bench.dll");

    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Everything_that_is_said_in_a_room_arrives_and_is_compared_with_bare_SignalR(string protocol)
    {
        var reports = await Measure("room", "--members", "30", "--rate", "3000", "--protocol", protocol);

        var room = reports.Should().ContainSingle().Subject;
        foreach (var side in new[] { "ours", "bare SignalR" })
        {
            Median(room, "arrived, %", side).Should().Be(100);
            Median(room, "not answered or refused", side).Should().Be(0);
            Median(room, "deliveries/s", side).Should().BeGreaterThan(0);
            Median(room, "server CPU, s per 1 M deliveries", side).Should().BeGreaterThan(0);
            Median(room, "delivery p99, ms", side).Should().BeGreaterThan(Median(room, "delivery p50, ms", side) / 2);
        }
        room.GetProperty("figures").GetProperty("server CPU, s per 1 M deliveries").GetProperty("ratio").GetDouble().Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Every_send_is_acknowledged_on_both_databases()
    {
        var reports = await Measure("send", "--members", "8", "--rate", "100");

        reports.Select(report => report.GetProperty("title").GetString()).Should().HaveCount(3, "1 sender, 8 senders, and 8 that are paced");
        foreach (var report in reports)
        {
            foreach (var side in new[] { "SQLite", "PostgreSQL", "bare SignalR" })
            {
                Median(report, "not answered or refused", side).Should().Be(0);
                Median(report, "arrived, %", side).Should().Be(100);
                Median(report, "acknowledged/s", side).Should().BeGreaterThan(1);
            }
        }
    }

    public void Dispose() => File.Delete(_file);

    private static double Median(JsonElement report, string figure, string side) => report.GetProperty("figures").GetProperty(figure).GetProperty(side)[1].GetDouble();

    private async Task<List<JsonElement>> Measure(params string[] args)
    {
        using var bench = Process.Start(new ProcessStartInfo("dotnet", [Program, .. args, "--quick", "--warm-up", "0.2", "--window", "1", "--json", _file])
            { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root })!;
        var output = bench.StandardOutput.ReadToEndAsync();
        var errors = bench.StandardError.ReadToEndAsync();
        try
        {
            await bench.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!bench.HasExited) bench.Kill(entireProcessTree: true);
        }
        bench.ExitCode.Should().Be(0, "{0}", await errors);
        (await output).Should().Contain("ratio");
        return [.. JsonDocument.Parse(await File.ReadAllTextAsync(_file)).RootElement.GetProperty("reports").EnumerateArray()];
    }
}
