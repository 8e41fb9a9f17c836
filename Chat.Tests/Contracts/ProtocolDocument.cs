using System.Text.RegularExpressions;
using Chat.Tests.Support;

namespace Chat.Tests.Contracts;

/// <summary>docs/protocol.md, as far as a machine can read it: its tables and its frames.</summary>
internal static partial class ProtocolDocument
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "protocol.md"));

    /// <summary>The rows, as cells, of all tables whose header begins with this.</summary>
    public static IReadOnlyList<string[]> Rows(params string[] header)
    {
        List<string[]> rows = [];
        for (var i = 0; i < Lines.Length; i++)
        {
            if (!Lines[i].StartsWith('|') || !Cells(Lines[i]).Take(header.Length).SequenceEqual(header)) continue;
            for (i += 2; i < Lines.Length && Lines[i].StartsWith('|'); i++) rows.Add(Cells(Lines[i]));
        }
        return rows.Count > 0 ? rows : throw new InvalidOperationException($"docs/protocol.md has no table | {string.Join(" | ", header)} |.");
    }

    /// <summary>What a cell names in code style.</summary>
    public static IReadOnlyList<string> Names(string cell) => [.. Code.Matches(cell).Select(match => match.Groups[1].Value)];

    /// <summary>A cell's fields: each name in code style, a question mark where it may be absent, and the word for its type.</summary>
    public static IReadOnlyList<DocumentedField> Fields(string cell)
    {
        var fields = Field.Matches(cell).Select(match => new DocumentedField(match.Groups[1].Value, match.Groups[2].Length > 0, match.Groups[3].Value)).ToList();
        return fields.Count == Names(cell).Count ? fields : throw new InvalidOperationException($"Not every name in this cell is a field with a type: {cell}");
    }

    /// <summary>The lines of code blocks that are marked as JSON.</summary>
    public static IReadOnlyList<string> Frames()
    {
        List<string> frames = [];
        var inside = false;
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inside = line == "```json";
            else if (inside) frames.Add(line);
        }
        return frames;
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"`([a-z][A-Za-z]*)(\??)` ([A-Za-z]+(?:\[\])?)")]
    private static partial Regex Field { get; }
}

internal sealed record DocumentedField(string Name, bool Optional, string Type);
