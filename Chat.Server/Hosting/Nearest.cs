namespace Chat.Server.Hosting;

/// <summary>The word that was probably meant.</summary>
internal static class Nearest
{
    public static string To(string typed, IEnumerable<string> known) => known.MinBy(word => Distance(typed.ToUpperInvariant(), word.ToUpperInvariant()))!;

    /// <summary>As <see cref="To"/>, or null where nothing is near.</summary>
    public static string? Within(int most, string typed, IEnumerable<string> known)
    {
        var nearest = To(typed, known);
        return Distance(typed.ToUpperInvariant(), nearest.ToUpperInvariant()) <= most ? nearest : null;
    }

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
