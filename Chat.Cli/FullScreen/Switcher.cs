namespace Chat.Cli.FullScreen;

/// <summary>Ctrl-K: the list of conversations, narrowed by what is typed.</summary>
internal sealed class Switcher(Func<IReadOnlyList<Talk>> talks)
{
    private int _chosen;

    public Composer Typed { get; } = new();

    public IReadOnlyList<Talk> Found => [.. talks().Where(talk =>
        talk.Title.Contains(Typed.Text, StringComparison.OrdinalIgnoreCase) || talk.Target.Contains(Typed.Text, StringComparison.OrdinalIgnoreCase))];

    public Talk? Chosen => Found is { Count: > 0 } found ? found[Math.Min(_chosen, found.Count - 1)] : null;

    public void Move(int by) => _chosen = Math.Clamp(_chosen + by, 0, Math.Max(0, Found.Count - 1));

    public void Edit(ConsoleKeyInfo key)
    {
        if (Typed.Edit(key)) _chosen = 0;
    }
}
