namespace WorkerSample;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening as {UserName}.")]
    public static partial void Listening(ILogger logger, string userName);

    [LoggerMessage(2, LogLevel.Error, "A message could not be answered.")]
    public static partial void Failed(ILogger logger, Exception fault);
}
