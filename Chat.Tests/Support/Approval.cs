namespace Chat.Tests.Support;

/// <summary>Texts that change only where somebody meant it to: they are committed, and a change shows in the diff.</summary>
internal static class Approval
{
    private const string Accept = "CHAT_APPROVE";

    /// <summary>Of a text in Chat.Tests/Approved.</summary>
    /// <param name="alsoDo">What else a wanted change needs, as part of a sentence.</param>
    public static void Holds(string name, string text, string alsoDo = "") => FileHolds($"Chat.Tests/Approved/{name}", text, alsoDo);

    /// <summary>Of a text that stands where it is used.</summary>
    /// <param name="path">Below the root of the repository.</param>
    /// <param name="alsoDo">What else a wanted change needs, as part of a sentence.</param>
    public static void FileHolds(string path, string text, string alsoDo = "")
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(file, text);

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";

        Changes(approved, text).Should().BeEmpty(
            $"it should stand as {path} says (- is approved, + is here). Is the change wanted? Then run this test once with {Accept}=1 in the environment, look at the diff, {alsoDo}and commit all of it");
        text.Should().Be(approved);
    }

    private static List<string> Changes(string approved, string present)
    {
        var (before, after) = (Named(approved), Named(present));
        return [.. before.Except(after).Select(line => $"- {line}"), .. after.Except(before).Select(line => $"+ {line}")];
    }

    // A field is told with its record, or two records that have it would hide a change.
    private static List<string> Named(string text)
    {
        var record = "";
        List<string> lines = [];
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(' ')) record = line;
            lines.Add(line.StartsWith(' ') ? $"{record}.{line.Trim()}" : line);
        }
        return lines;
    }
}
