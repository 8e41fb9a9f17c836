using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace Chat.Bench.Micro;

/// <summary>What is done for each message or each delivery, without the rest.</summary>
internal static class InnerLoops
{
    // In this process: another one would be built from a copy of the project, outside of the repository's settings.
    public static void Run(bool isQuick)
    {
        var job = (isQuick ? Job.Dry : Job.ShortRun).WithToolchain(InProcessNoEmitToolchain.Instance);
        var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job).WithArtifactsPath(Directory.CreateTempSubdirectory("bench-micro-").FullName);
        BenchmarkRunner.Run([typeof(Wording), typeof(Appending), typeof(FanOut)], config);
    }
}
