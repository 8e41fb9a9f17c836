using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Delivery;

internal sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Seconds that one write to a connection may take before the connection is closed.</summary>
    [Range(1, 120)]
    public int WriteLimit { get; init; } = 10;

    /// <summary>Milliseconds between two looks for entries that no hint told of.</summary>
    [Range(100, 60_000)]
    public int SweepEvery { get; init; } = 1_000;

    /// <summary>Seconds that a connection may stay without logging in.</summary>
    [Range(5, 600)]
    public int AnonymousLimit { get; init; } = 30;

    /// <summary>Whether frames are written straight to a client's socket, where that can be: without TLS of this server's own.</summary>
    public bool DirectFrames { get; init; } = true;

    /// <summary>Connections that one user may have at once.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerUser { get; init; } = 20;
}

[OptionsValidator]
internal sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;
