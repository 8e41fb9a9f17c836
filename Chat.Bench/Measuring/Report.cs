using System.Text.Json.Nodes;

namespace Chat.Bench.Measuring;

/// <summary>One table: what a scenario measured on one server or, side by side, on several.</summary>
internal sealed class Report(string scenario, string title)
{
    private readonly List<(string Side, List<Figures> Runs)> _sides = [];

    public string Title => title;

    public IReadOnlyList<string> Sides => [.. _sides.Select(side => side.Side)];

    public IReadOnlyList<string> Names => [.. _sides.SelectMany(side => side.Runs[0].All.Select(figure => figure.Name)).Distinct()];

    public void Add(string side, Figures run)
    {
        var of = _sides.Find(known => known.Side == side).Runs;
        if (of is null) _sides.Add((side, of = []));
        of.Add(run);
    }

    /// <summary>Null where this side has no such figure.</summary>
    public Spread? Of(string side, string name)
    {
        var runs = _sides.Find(known => known.Side == side).Runs;
        List<double> values = [.. runs.SelectMany(run => run.All.Where(figure => figure.Name == name).Select(figure => figure.Value))];
        return values.Count == 0 ? null : Spread.Of(values);
    }

    /// <summary>The first side's median by the last one's, which is the yardstick; null where there is nothing to compare.</summary>
    public double? Ratio(string name) =>
        Sides is [var first, .., var last] && Of(first, name) is { } mine && Of(last, name) is { } yardstick && yardstick.Median != 0 ? mine.Median / yardstick.Median : null;

    /// <summary>The first side's median.</summary>
    public double? First(string name) => Of(Sides[0], name)?.Median;

    public JsonNode ToJson()
    {
        JsonObject figures = [];
        foreach (var name in Names)
        {
            JsonObject row = [];
            foreach (var side in Sides)
            {
                if (Of(side, name) is { } spread) row[side] = new JsonArray(Number(spread.Min), Number(spread.Median), Number(spread.Max));
            }
            if (Ratio(name) is { } ratio) row["ratio"] = Number(ratio);
            figures[name] = row;
        }
        return new JsonObject { ["scenario"] = scenario, ["title"] = title, ["figures"] = figures };
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
