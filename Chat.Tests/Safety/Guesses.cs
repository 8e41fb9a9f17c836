using System.Diagnostics;
using Chat.Contracts;
using Chat.Tests.Faults;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>C: who guesses at the door.</summary>
public sealed class Guesses(House house) : IClassFixture<House>
{
    [Fact]
    public async Task C1_an_unknown_user_and_a_wrong_password_sound_alike_and_take_as_long()
    {
        await using House strong = new Strong();
        await strong.InitializeAsync();
        var known = new LogIn { UserName = "alice.healthy", Password = "not the right one" };
        var unknown = known with { UserName = "nobody.at.home" };
        List<double> knownTimes = [];
        List<double> unknownTimes = [];
        HashSet<string> answers = [];
        await using var stranger = await RawConnection.Open(strong.Server.Url);
        for (var i = 0; i < 20; i++)
        {
            knownTimes.Add(await Time(known));
            unknownTimes.Add(await Time(unknown));
        }

        answers.Should().ContainSingle().Which.Should().Contain("wrongCredentials");
        var (one, other) = (knownTimes.Percentile(50), unknownTimes.Percentile(50));
        Math.Max(one, other).Should().BeLessThan(3 * Math.Min(one, other), "hashing takes {0} and {1} ms; without a hash it would take a hundredth", one, other);
        await strong.IsWell();

        async Task<double> Time(LogIn request)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = (await stranger.Ask(request)).Text;
            answers.Add(answer[answer.IndexOf("\"result\"", StringComparison.Ordinal)..]);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    [Fact]
    public async Task C2_after_five_failures_a_guesser_waits()
    {
        await using var owner = await house.Someone();
        await using var guesser = await RawConnection.Open(house.Server.Url);

        List<RawAnswer> answers = [];
        for (var i = 0; i < 14; i++) answers.Add(await guesser.Ask(new LogIn { UserName = owner.Name, Password = $"guess number {i}" }));

        answers.Take(5).Should().OnlyContain(answer => answer.Outcome == "wrongCredentials");
        // Each further failure doubles the wait: nobody is so slow that all of these are judged.
        answers.Should().Contain(answer => answer.Outcome == "rateLimited");
        answers.First(answer => answer.Outcome == "rateLimited").Refusal.GetProperty("retryAfterMs").GetInt64().Should().BeInRange(1, 60_000);
        await house.IsWell(guesser, owner);
    }

    [Fact]
    public async Task C3_one_password_tried_on_many_users_is_stopped_by_the_address()
    {
        await using House limited = new Strict();
        await limited.InitializeAsync();
        await using var sprayer = await RawConnection.Open(limited.Server.Url);

        List<string> outcomes = [];
        for (var i = 0; i < 60; i++) outcomes.Add((await sprayer.Ask(new LogIn { UserName = $"victim{(char)('a' + i % 20)}{(char)('a' + i / 20)}", Password = "Summer2026!" })).Outcome);

        outcomes.Take(20).Should().OnlyContain(outcome => outcome == "wrongCredentials");
        // One in three seconds is judged from then on.
        outcomes.Skip(20).Should().Contain("rateLimited").And.OnlyContain(outcome => outcome == "rateLimited" || outcome == "wrongCredentials");
        await limited.IsWell();
    }

    /// <summary>Hashes as it would for others.</summary>
    private sealed class Strong : House
    {
        internal override string[] Settings => [.. SafetyServer.Unlimited, "--Login:PasswordIterations=60000", "--Login:FreeFailures=0"];
    }
}
