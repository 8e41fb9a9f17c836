namespace Chat.Tests.Faults.Power;

/// <summary>What one cut does to everything that was not synchronised.</summary>
internal sealed class Fate(Random random)
{
    private const int Sector = 512;

    private readonly Manner _manner = (Manner)random.Next(6);
    private readonly double _kept = random.NextDouble();

    private enum Manner { KeepsAll, DropsAll, KeepsTheFirst, KeepsSomeWrites, KeepsSomeSectors, KeepsSomeSectorsInAnyOrder }

    public bool Keeps() => _manner switch
    {
        Manner.KeepsAll => true,
        Manner.DropsAll => false,
        _ => random.NextDouble() < _kept,
    };

    /// <summary>The deeds that reach the disk, in the order in which they do.</summary>
    public IEnumerable<Happening> Of(IReadOnlyList<Happening> deeds)
    {
        switch (_manner)
        {
            case Manner.KeepsAll:
                return deeds;
            case Manner.DropsAll:
                return [];
            case Manner.KeepsTheFirst:
                Happening[] sectors = [.. deeds.SelectMany(Sectors)];
                return sectors.Take(random.Next(sectors.Length + 1));
            case Manner.KeepsSomeWrites:
                return deeds.Where(_ => Keeps());
            case Manner.KeepsSomeSectors:
                return deeds.SelectMany(Sectors).Where(_ => Keeps());
            default:
                Happening[] kept = [.. deeds.SelectMany(Sectors).Where(_ => Keeps())];
                random.Shuffle(kept);
                return kept;
        }
    }

    private static IEnumerable<Happening> Sectors(Happening deed)
    {
        if (deed is not Happening.Written written)
        {
            yield return deed;
            yield break;
        }
        for (var from = 0; from < written.Bytes.Length;)
        {
            var to = Math.Min(written.Bytes.Length, from + Sector - (int)((written.Offset + from) % Sector));
            yield return written with { Offset = written.Offset + from, Bytes = written.Bytes[from..to] };
            from = to;
        }
    }
}
