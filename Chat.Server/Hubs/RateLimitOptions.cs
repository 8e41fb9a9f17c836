using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hubs;

/// <summary>How much one user, or one connection, may ask for. Each is a bucket: so many at once, refilled at so many a minute.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Whether calls are limited at all. Only a load test switches it off.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Messages, edits, deletions and reactions of one user.</summary>
    [Range(1, 100_000)]
    public int Sends { get; init; } = 20;

    [Range(1, 1_000_000)]
    public int SendsPerMinute { get; init; } = 300;

    /// <summary>Searches for users and lists of open conferences, of one user.</summary>
    [Range(1, 100_000)]
    public int Searches { get; init; } = 15;

    [Range(1, 1_000_000)]
    public int SearchesPerMinute { get; init; } = 30;

    /// <summary>Chats and conferences started, joined or left, and invitations, and blocks, of one user.</summary>
    [Range(1, 100_000)]
    public int Starts { get; init; } = 30;

    [Range(1, 1_000_000)]
    public int StartsPerMinute { get; init; } = 30;

    /// <summary>Calls of any kind on one connection.</summary>
    [Range(1, 100_000)]
    public int Calls { get; init; } = 200;

    [Range(1, 1_000_000)]
    public int CallsPerMinute { get; init; } = 3_000;

    /// <summary>What is set weaker than is good; told at start.</summary>
    public IEnumerable<string> Weaknesses()
    {
        if (!Enabled) yield return "RateLimits:Enabled is false: one user may keep the server busy for all others.";
    }
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
