using Chat.Contracts;
using Chat.Tests.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>
/// Of two worlds that differ in nothing but what Eve may not see, she cannot tell in which she is, whatever she asks: before her invitation, after she
/// left, while she was away, in the private chat that a conference goes on from, and where she never was.
/// </summary>
public sealed class WhatOneMayNotSee
{
    [Fact]
    public async Task Makes_no_difference_to_whoever_may_not_see_it()
    {
        LogBook log = new();
        await using var odd = await World.Make(log, new(IsOdd: true));
        await using var even = await World.Make(log, new(IsOdd: false));
        Curiosity inOdd = new(odd);
        Curiosity inEven = new(even);

        var told = await Task.WhenAll(inOdd.Satisfy(), inEven.Satisfy());

        inOdd.Asked.Should().BeEquivalentTo(Contract.Methods.Select(method => method.Name), "she asks everything");
        Differences(told[0], told[1]).Should().BeEmpty();
        told[0].Should().NotContain(line => line.Contains("harbour at", StringComparison.Ordinal) || line.Contains("meet me", StringComparison.Ordinal));
        log.Text.Should().BeEmpty();
    }

    [Fact]
    public async Task Answers_to_the_byte_like_what_is_not_there()
    {
        LogBook log = new();
        await using var server = await SafetyServer.Start(log, SafetyServer.Unlimited);
        List<string> differences = [];
        var asked = 0;
        await using Scene scene = new(server, "z");
        await scene.Call("stranger", _ => new ListSessions());
        foreach (var deed in Deeds.All)
        {
            var there = RawConnection.ToJson(deed.Request(scene));
            var nowhere = $"c{Guid.CreateVersion7():N}";
            foreach (var conversation in new[] { scene.Conference, scene.ChatOfOthers }.Where(one => there.Contains(one.Value, StringComparison.Ordinal)))
            {
                asked++;
                var known = await scene.Caller!.Connection.CallRaw(deed.Method, there);
                var unknown = await scene.Caller.Connection.CallRaw(deed.Method, there.Replace(conversation.Value, nowhere, StringComparison.Ordinal));
                if (WithoutNumber(known) != WithoutNumber(unknown)) differences.Add($"{deed}: {known}\n   but {unknown}");
            }
        }

        asked.Should().BeGreaterThan(20);
        differences.Should().BeEmpty();
        log.Text.Should().BeEmpty();
    }

    // Some tell enough.
    private static IEnumerable<string> Differences(IReadOnlyList<string> odd, IReadOnlyList<string> even)
    {
        if (odd.Count != even.Count) yield return $"{odd.Count} lines, but {even.Count}";
        foreach (var (one, other) in odd.Zip(even).Where(both => both.First != both.Second).Take(4)) yield return $"{one}\n   but {other}\n";
        foreach (var only in odd.Except(even).Take(4)) yield return $"only odd: {only}\n";
        foreach (var only in even.Except(odd).Take(4)) yield return $"only even: {only}\n";
    }

    private static string WithoutNumber(string answer) => answer[answer.IndexOf("\"result\"", StringComparison.Ordinal)..];
}
