namespace Chat.Bench.Sockets;

/// <summary>What is to be sent while the loop reads.</summary>
internal interface ILoad
{
    /// <summary>Completed once everything was sent.</summary>
    Task Over { get; }

    /// <summary>On the loop's thread: sends what is due by now; when the next is due, in ticks of the stopwatch.</summary>
    long Turn(long now);
}
