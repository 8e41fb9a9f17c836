using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Server.Delivery;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hubs;

/// <summary>Keeps one user or connection from asking more than its share; tells it when to come back.</summary>
internal sealed class RateLimits : IDisposable
{
    private static readonly Dictionary<string, Kind> KindOf = new()
    {
        [nameof(IChatHub.SendMessage)] = Kind.Send,
        [nameof(IChatHub.EditMessage)] = Kind.Send,
        [nameof(IChatHub.DeleteMessage)] = Kind.Send,
        [nameof(IChatHub.React)] = Kind.Send,
        [nameof(IChatHub.Unreact)] = Kind.Send,
        [nameof(IChatHub.RenameConference)] = Kind.Send,
        [nameof(IChatHub.ChangeRole)] = Kind.Send,
        [nameof(IChatHub.RemoveMember)] = Kind.Send,
        [nameof(IChatHub.EditProfile)] = Kind.Send,
        [nameof(IChatHub.SetPresence)] = Kind.Send,
        [nameof(IChatHub.PinConversation)] = Kind.Send,
        [nameof(IChatHub.MuteConversation)] = Kind.Send,
        [nameof(IChatHub.HideConversation)] = Kind.Send,
        [nameof(IChatHub.SearchUsers)] = Kind.Search,
        [nameof(IChatHub.ListOpenConferences)] = Kind.Search,
        [nameof(IChatHub.StartPrivateChat)] = Kind.Start,
        [nameof(IChatHub.StartConference)] = Kind.Start,
        [nameof(IChatHub.Invite)] = Kind.Start,
        [nameof(IChatHub.BlockUser)] = Kind.Start,
        [nameof(IChatHub.UnblockUser)] = Kind.Start,
        [nameof(IChatHub.JoinConference)] = Kind.Start,
        [nameof(IChatHub.LeaveConference)] = Kind.Start,
    };

    private readonly bool _enabled;
    private readonly PartitionedRateLimiter<(Kind Kind, string Whose)> _limiter;

    public RateLimits(IOptions<RateLimitOptions> options)
    {
        var limits = options.Value;
        _enabled = limits.Enabled;
        _limiter = PartitionedRateLimiter.Create<(Kind Kind, string Whose), (Kind, string)>(asked => RateLimitPartition.GetTokenBucketLimiter(asked, _ => asked.Kind switch
        {
            Kind.Send => Bucket(limits.Sends, limits.SendsPerMinute),
            Kind.Search => Bucket(limits.Searches, limits.SearchesPerMinute),
            Kind.Start => Bucket(limits.Starts, limits.StartsPerMinute),
            _ => Bucket(limits.Calls, limits.CallsPerMinute),
        }));
    }

    private enum Kind { Call, Send, Search, Start }

    /// <summary>Null where the call may go on.</summary>
    public Refusal? Check(string method, Connection connection)
    {
        if (!_enabled) return null;
        if (Check((Kind.Call, connection.Id)) is { } tooMany) return tooMany;
        return connection.User is { } user && KindOf.TryGetValue(method, out var kind) ? Check((kind, user.Value)) : null;
    }

    public void Dispose() => _limiter.Dispose();

    private Refusal? Check((Kind, string) asked)
    {
        using var lease = _limiter.AttemptAcquire(asked);
        if (lease.IsAcquired) return null;
        return Refusal.RateLimited.RetryAfter(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    // One token at a time, so that the wait that is told is the wait for the next call, not for a whole refill.
    private static TokenBucketRateLimiterOptions Bucket(int atOnce, int perMinute) => new()
    {
        TokenLimit = atOnce,
        TokensPerPeriod = Math.Max(1, perMinute / 600),
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) * Math.Max(1, perMinute / 600) / perMinute,
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
