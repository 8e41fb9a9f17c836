namespace NineCases;

/// <summary>A line for each fact, or what was expected instead.</summary>
internal static class Check
{
    public static void Ok(string fact) => Console.WriteLine($"ok - {fact}");

    public static void That(bool condition, string what)
    {
        if (!condition) throw new InvalidOperationException($"expected: {what}");
    }

    public static void Equal<T>(T actual, T expected, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected)) throw new InvalidOperationException($"{what}: expected {expected}, was {actual}");
    }

    public static void Same<T>(IEnumerable<T> actual, IEnumerable<T> expected, string what) =>
        Equal(string.Join(", ", actual), string.Join(", ", expected), what);
}
