namespace Chat.Bench.Measuring;

/// <summary>What one run measured, in the order in which it is to be shown. Names end with their unit.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value)> _all = [];

    public IReadOnlyList<(string Name, double Value)> All => _all;

    public double this[string name] => _all.Single(figure => figure.Name == name).Value;

    public Figures Add(string name, double value)
    {
        _all.Add((name, value));
        return this;
    }
}
