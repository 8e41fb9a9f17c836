using Chat.Tests.EndToEnd;
using Xunit.Abstractions;

namespace Chat.Tests.Safety;

/// <summary>
/// J: what is there only so much of, used up, beside a healthy pair that must not lose a message by it. Who stops reading (J2) is in
/// <see cref="SlowReaders"/>. The sizes are those of a small machine; with CHAT_TEST_SIZE=full in the environment each row has the size of a
/// large installation, and takes minutes.
/// </summary>
[Trait("Database", "sqlite")]
public sealed class Exhaustion(ITestOutputHelper output)
{
    public static TheoryData<string> Rows => [.. Exhausting.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_healthy_pair_goes_on(string row) => Exhausting.Rows.Single(one => one.Name == row).Happen(output);
}

/// <summary>The rows of J that are about the storage, on either database.</summary>
public sealed class ExhaustionOfTheStorage(ITestOutputHelper output)
{
    public static TheoryData<string> Rows => [.. ExhaustingTheStorage.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_healthy_pair_goes_on(string row) => ExhaustingTheStorage.Rows.Single(one => one.Name == row).Happen(output);
}
