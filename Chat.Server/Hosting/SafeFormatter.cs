using Serilog.Events;
using Serilog.Formatting;

namespace Chat.Server.Hosting;

/// <summary>
/// Whatever a stranger managed to have logged stays one line, cannot speak to a terminal and shows no token: a name with a line break does
/// not forge an entry, an address with a token does not betray it.
/// </summary>
internal sealed class SafeFormatter(ITextFormatter format) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        // The framework logs the whole address of a request; its path says enough.
        if (logEvent.Properties.ContainsKey("QueryString")) logEvent.AddOrUpdateProperty(new("QueryString", new ScalarValue("")));

        var exception = logEvent.Exception?.ToString();
        using StringWriter text = new();
        format.Format(logEvent, text);
        var entry = text.ToString().TrimEnd();

        // In plain text an exception comes last; its lines are kept apart, but indented, so that none of them looks like an entry.
        var plain = exception is not null && entry.EndsWith(exception.TrimEnd(), StringComparison.Ordinal);
        output.WriteLine(SafeText.OneLine(plain ? entry[..^exception!.TrimEnd().Length].TrimEnd() : entry));
        if (!plain) return;
        foreach (var line in exception!.Split('\n')) output.WriteLine($"    {SafeText.OneLine(line.TrimEnd())}");
    }
}
