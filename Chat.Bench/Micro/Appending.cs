using BenchmarkDotNet.Attributes;

namespace Chat.Bench.Micro;

/// <summary>An entry into SQLite, on disk before it is answered: alone, and with others in one commit.</summary>
[MemoryDiagnoser]
public class Appending
{
    private const int Together = 64;
    private Desk _desk = null!;

    [GlobalSetup]
    public async Task Begin() => _desk = await Desk.Open();

    [GlobalCleanup]
    public async Task End() => await _desk.DisposeAsync();

    [Benchmark]
    public Task Alone() => _desk.Append();

    [Benchmark(OperationsPerInvoke = Together)]
    public Task WithOthers() => Task.WhenAll(Enumerable.Range(0, Together).Select(_ => _desk.Append()));
}
