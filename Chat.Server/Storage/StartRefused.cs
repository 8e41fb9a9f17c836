namespace Chat.Server.Storage;

/// <summary>The server cannot start, for a reason that whoever started it can mend; shown as one line.</summary>
internal sealed class StartRefused(string reason, Exception? cause = null) : Exception(reason, cause);
