namespace Chat.Server.Hosting;

/// <summary>Something on the command line or in the settings is wrong; shown as one line.</summary>
internal sealed class Mistake(int exitCode, string line, Exception? cause = null) : Exception(line, cause)
{
    public int ExitCode => exitCode;

    public static Mistake InSettings(string line, Exception? cause = null) => new(Hosting.ExitCode.Configuration, line, cause);

    public static Mistake OfUsage(string line) => new(Hosting.ExitCode.Usage, line);
}
