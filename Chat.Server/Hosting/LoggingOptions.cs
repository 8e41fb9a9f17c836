namespace Chat.Server.Hosting;

internal sealed class LoggingOptions
{
    public const string Section = "Logging";

    /// <summary>Every line of the output is a JSON object.</summary>
    public bool Json { get; init; }

    /// <summary>A file, seen from the data folder, that the log goes to as well; a new one every day, the last 31 are kept. None by default.</summary>
    public string? File { get; init; }

    /// <summary>The lowest level that is logged, by the beginning of a category's name.</summary>
    public Dictionary<string, LogLevel> LogLevel { get; init; } = [];
}
