using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Tests.Safety;

/// <summary>What somebody was told, to the byte, but for what is drawn by lot: ids are called by their names, or by the order in which they came.</summary>
internal sealed partial class Recording(IReadOnlyDictionary<string, string> names)
{
    private readonly Dictionary<string, string> _names = new(names);
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string asked, string told) => _lines.Add($"{Plain(asked)} -> {Plain(told)}");

    /// <summary>
    /// Events come in batches of any size, and those of two conversations in any order: each seq is written down by itself, and all are sorted. Holes are
    /// left out: who comes back at once is told of the time between, who comes back later is not, and the seqs around it tell as much.
    /// </summary>
    public void Add(IEnumerable<(string Name, string Argument)> events)
    {
        SortedSet<string> told = new(StringComparer.Ordinal);
        foreach (var (name, argument) in events)
        {
            if (name == nameof(IChatClient.EntriesAppended)) told.UnionWith(Entries(argument));
            else if (name == nameof(IChatClient.InboxAppended)) told.UnionWith(InboxEntries(argument));
            else told.Add($"{name} {Plain(argument)}");
        }
        _lines.AddRange(told);
    }

    private IEnumerable<string> Entries(string argument)
    {
        var batch = JsonSerializer.Deserialize(argument, ChatJson.Default.EntryBatch)!;
        using var parsed = JsonDocument.Parse(argument);
        var entries = parsed.RootElement.GetProperty("entries").EnumerateArray().ToDictionary(entry => entry.GetProperty("seq").GetInt64(), entry => Plain(entry.GetRawText()));
        for (var seq = batch.From; seq <= batch.To; seq++)
        {
            if (entries.TryGetValue(seq, out var entry) || !batch.Holes.Any(hole => hole.From <= seq && seq <= hole.To))
                yield return $"entry {Plain(batch.Conversation.Value)} {seq:000} {entry ?? "nothing"}";
        }
        foreach (var stray in entries.Where(entry => entry.Key < batch.From || entry.Key > batch.To)) yield return $"stray {stray.Value}";
    }

    private List<string> InboxEntries(string argument)
    {
        using var parsed = JsonDocument.Parse(argument);
        return [.. parsed.RootElement.GetProperty("entries").EnumerateArray().Select(entry => $"inbox {entry.GetProperty("seq").GetInt64():000} {Plain(entry.GetRawText())}")];
    }

    private string Plain(string text) =>
        Place.Replace(InvocationId.Replace(Id.Replace(text, found => NameOf(found.Value)), ""), place => $"\"next\":\"{Read(place.Groups[1].Value)}\"");

    private string NameOf(string id)
    {
        if (!_names.TryGetValue(id, out var name)) _names.Add(id, name = id.Length switch
        {
            32 => "draft",
            33 => $"{id[0]}#{_names.Count}",
            _ => $"token#{_names.Count}",
        });
        return name;
    }

    // The place of a page is opaque to clients, not to the curious.
    private string Read(string place) => Base64Url.IsValid(place) && place.Length > 20
        ? Id.Replace(Encoding.Latin1.GetString(Base64Url.DecodeFromChars(place)), found => NameOf(found.Value))
        : place;

    [GeneratedRegex("(?<![A-Za-z0-9_-])([ucs]?[0-9a-f]{32}|[A-Za-z0-9_-]{43}|lobby)(?![A-Za-z0-9_-])")]
    private static partial Regex Id { get; }

    [GeneratedRegex("\"invocationId\":\"[0-9]+\",?")]
    private static partial Regex InvocationId { get; }

    [GeneratedRegex("\"next\":\"([^\"]+)\"")]
    private static partial Regex Place { get; }
}
