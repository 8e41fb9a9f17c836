using System.IO.Pipelines;

namespace Chat.Server.Delivery;

/// <summary>
/// A connection's feature: takes whole messages of its hub protocol from anybody at any time, so that a fan-out touches no more of each connection
/// than it has to.
/// </summary>
internal sealed record DirectOutput(PipeWriter Messages);
