using System.Globalization;

namespace Chat.Server.Web;

/// <summary>
/// How many connections fit into the files that the process may have open. A runtime that cannot open another may end the process, so the last
/// ones are never given to strangers.
/// </summary>
internal static class OpenFiles
{
    private const int KeptBack = 500; // for the files of the program, the storage, and those who are about to be turned away
    private const string Limits = "/proc/self/limits";

    /// <summary>Connections of all kinds.</summary>
    public static int Connections { get; } = Math.Max(Limit() - KeptBack, 50);

    /// <summary>Of these, connections to the hub; the others are requests that come and go.</summary>
    public static int HubConnections => Connections / 4 * 3;

    private static int Limit()
    {
        if (!File.Exists(Limits)) return int.MaxValue;
        var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..] && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : int.MaxValue;
    }
}
