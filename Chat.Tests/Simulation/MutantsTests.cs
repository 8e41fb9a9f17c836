using Chat.Tests.Simulation.Mutants;

namespace Chat.Tests.Simulation;

/// <summary>A simulation that finds nothing proves nothing, unless it finds what is known to be there.</summary>
public sealed class MutantsTests(MutantsTests.Code code) : IClassFixture<MutantsTests.Code>
{
    private const int Seeds = 1_000;

    public static TheoryData<string> Names => [.. Bugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_caught(string mutant) => code.Mutated.Hunt(mutant, Seeds).Should().NotBeNull();

    [Fact]
    public void The_mutated_code_with_no_bug_on_keeps_every_promise() => code.Mutated.Hunt(null, 20).Should().BeNull();

    public sealed class Code : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("chat-mutants-").FullName;

        internal MutatedCode Mutated { get; private set; } = null!;

        public async Task InitializeAsync() => Mutated = await MutatedCode.Compile(_folder);

        public Task DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
