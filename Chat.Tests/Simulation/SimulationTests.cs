using System.Diagnostics;
using Xunit.Abstractions;

namespace Chat.Tests.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void One()
    {
        var from = int.Parse(Environment.GetEnvironmentVariable("CHAT_SIMULATION_SEED") ?? "1", null);
        var count = int.Parse(Environment.GetEnvironmentVariable("CHAT_SIMULATION_SEEDS") ?? "20", null);
        var failures = 0;
        Exception? thrown = null;
        Thread thread = new(() =>
        {
            try
            {
            for (var seed = from; seed < from + count && failures < 3; seed++)
            {
                var watch = Stopwatch.StartNew();
                using World world = new(seed);
                var broken = world.Play();
                if (broken is not null || count < 30) output.WriteLine($"{seed}: {watch.ElapsedMilliseconds} ms, {world.Trace.Steps} steps {world.Trace.Hash:x}: {broken}");
                if (broken is not null)
                {
                    failures++;
                    output.WriteLine(world.Trace.Last);
                }
            }
            }
            catch (Exception exception) { thrown = exception; }
        });
        var all = Stopwatch.StartNew();
        thread.Start();
        thread.Join();
        output.WriteLine($"{all.ElapsedMilliseconds} ms");
        if (thrown is not null) throw new InvalidOperationException("no", thrown);
        failures.Should().Be(0);
    }
}
