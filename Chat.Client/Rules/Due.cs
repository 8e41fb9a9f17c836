namespace Chat.Client.Rules;

internal static class Due
{
    public static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null ? one : one < other ? one : other;
}
