using Microsoft.Extensions.Options;

namespace Chat.Server.Delivery;

/// <summary>Every now and then: entries that no commit here and no hint told of are found all the same.</summary>
internal sealed class Sweep(Feeds feeds, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<Sweep> logger)
    : Recurring(TimeSpan.FromMilliseconds(options.Value.SweepEvery), clock, logger)
{
    public override Task Deed() => feeds.Sweep();
}
