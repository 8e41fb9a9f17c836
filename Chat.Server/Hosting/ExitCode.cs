namespace Chat.Server.Hosting;

/// <summary>What the process says by its end, after sysexits(3).</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 2;

    /// <summary>The address or the data folder is taken by another program, or may not be used.</summary>
    public const int Unavailable = 69;

    /// <summary>Something is broken that nobody who starts the server can mend.</summary>
    public const int Broken = 70;

    /// <summary>The storage cannot be used.</summary>
    public const int Storage = 74;

    /// <summary>A setting is unknown or has a wrong value.</summary>
    public const int Configuration = 78;

    /// <summary>A second signal came while the server was stopping.</summary>
    public const int Interrupted = 130;
}
