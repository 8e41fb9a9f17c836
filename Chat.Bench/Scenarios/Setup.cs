using Chat.Bench.Servers;
using Chat.Bench.Sockets;
using Chat.Bench.Speaking;

namespace Chat.Bench.Scenarios;

/// <summary>How everything is measured in this run of the program.</summary>
internal sealed record Setup
{
    public int Runs { get; init; } = 3;

    /// <summary>Of load, before anything is counted: compiled code is replaced by better code for half a minute, in the bare hub at least.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Of load, that is counted, in each run.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Small and short: to see that it works, not to measure.</summary>
    public bool IsQuick { get; init; }

    public string Protocol { get; init; } = "json";

    /// <summary>Bytes of a message.</summary>
    public int TextLength { get; init; } = 100;

    /// <summary>Our server's program.</summary>
    public required string Server { get; init; }

    /// <summary>Whether server and load are kept on one core each.</summary>
    public bool IsPinned { get; init; } = true;

    public bool WithBare { get; init; } = true;

    public int? Members { get; init; }

    public double? Rate { get; init; }

    public int? Minutes { get; init; }

    public int? Core => IsPinned && Environment.ProcessorCount > 1 ? 0 : null;

    public ChatSide NewChat(Loop loop, params string[] settings) => NewChat("ours", loop, settings);

    public ChatSide NewChat(string name, Loop loop, params string[] settings) => new(name, loop, Speech.Of(Protocol), Core, Server, settings);

    public BareSide NewBare(Loop loop) => new(loop, Speech.Of(Protocol), Core);

    /// <summary>The servers of a comparison, ours first.</summary>
    public IReadOnlyList<Side> Sides(Loop loop) => WithBare ? [NewChat(loop), NewBare(loop)] : [NewChat(loop)];
}
