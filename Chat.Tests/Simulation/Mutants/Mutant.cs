namespace Chat.Tests.Simulation.Mutants;

/// <summary>A deliberate bug: pieces of production code, each of which stands there exactly once, and what a copy of the code has instead.</summary>
internal sealed record Mutant(string Name, params Mutant.Piece[] Pieces)
{
    /// <summary>What asks in the copy whether this is the bug that is on.</summary>
    private string IsOn => $"Chat.Mutants.Mutant.Is(\"{Name}\")";

    /// <param name="File">From the root of the repository.</param>
    /// <param name="Bug">May say <c>IsOn</c>: it must be right while the bug is off.</param>
    internal sealed record Piece(string File, string Right, string Bug);

    public string PutInto(string file, string text)
    {
        foreach (var piece in Pieces.Where(piece => piece.File == file))
        {
            if (text.Split(piece.Right).Length != 2) throw new InvalidOperationException($"{Name}: this does not stand exactly once in {file}:\n{piece.Right}");
            text = text.Replace(piece.Right, piece.Bug.Replace("IsOn", IsOn, StringComparison.Ordinal), StringComparison.Ordinal);
        }
        return text;
    }
}
