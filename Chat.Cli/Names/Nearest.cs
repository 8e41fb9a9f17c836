namespace Chat.Cli.Names;

/// <summary>The word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean X?", or nothing where none is near.</summary>
    public static string Question(string typed, IEnumerable<string> known) =>
        To(typed, known) is { } meant ? $" Did you mean {meant}?" : "";

    private static string? To(string typed, IEnumerable<string> known) =>
        known.Select(word => (Word: word, Distance: Distance(typed.ToUpperInvariant(), word.ToUpperInvariant())))
            .Where(found => found.Distance <= Math.Max(2, typed.Length / 2))
            .OrderBy(found => found.Distance).Select(found => found.Word).FirstOrDefault();

    // Levenshtein's, one row of the table at a time.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
