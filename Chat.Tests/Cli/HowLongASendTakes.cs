using System.Diagnostics;
using Chat.Tests.Faults;
using Xunit.Abstractions;

namespace Chat.Tests.Cli;

/// <summary>
/// From the start of the program to its end, warm, on loopback: printed, not judged. Of the program that is built, or of another one:
/// <c>CHAT_PROGRAM=FOLDER/chat dotnet test Chat.Tests -c Release --filter FullyQualifiedName~HowLongASendTakes --logger "console;verbosity=detailed"</c>
/// </summary>
public sealed class HowLongASendTakes(Town town, ITestOutputHelper output) : IClassFixture<Town>
{
    private const int Sends = 20;

    [Theory]
    [InlineData("@bob")]
    [InlineData("#ops")]
    public async Task Is_told(string target)
    {
        await town.Ann.Output($"chat send '{target}' warm");
        List<double> took = [];
        for (var number = 1; number <= Sends; number++)
        {
            var began = Stopwatch.GetTimestamp();
            await town.Ann.Output($"exec chat send '{target}' number {number}");
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        output.Tell($"chat send {target}, {Sends} times: median {took.Percentile(50):0} ms, longest {took.Max():0} ms");

        (await town.Ann.Output($"chat read '{target}' -n {Sends} | cut -f 4")).Should().Be(string.Concat(Enumerable.Range(1, Sends).Select(number => $"number {number}\n")));
    }
}
