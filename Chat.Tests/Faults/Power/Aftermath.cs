using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Tests.Faults.Power;

/// <summary>What the server finds when it starts again after a cut, compared with what had been answered and sent before.</summary>
internal sealed class Aftermath
{
    private readonly List<Happening.Acknowledged> _acknowledged;
    private readonly List<Letter> _sent;
    private readonly List<UserId> _registered;
    private readonly Dictionary<long, long> _deleted; // message and the place of its deletion, which was answered
    private readonly HashSet<long> _perhapsDeleted;
    private readonly List<string> _wrong = [];

    public Aftermath(IEnumerable<Happening> before)
    {
        var lines = before.ToList();
        _acknowledged = [.. lines.OfType<Happening.Acknowledged>()];
        _sent = [.. lines.OfType<Happening.Sent>().Select(line => line.Letter)];
        _registered = [.. lines.OfType<Happening.Registered>().Select(line => line.User)];
        _deleted = _acknowledged.Where(line => line.Letter.Deletion is not null).ToDictionary(line => line.Letter.Deletion!.Seq, line => line.Seq);
        _perhapsDeleted = [.. _sent.Where(letter => letter.Deletion is not null).Select(letter => letter.Deletion!.Seq)];
    }

    /// <summary>What was acknowledged and is not there.</summary>
    public int Lost { get; private set; }

    /// <summary>Everything else that is not as promised.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    public async Task Inspect(string file)
    {
        await using var rooms = await Rooms.Open(new SqliteDialect(file));
        _wrong.AddRange((await rooms.Complaints()).Where(complaint => complaint != "ok"));
        var entries = await rooms.Everything();
        IsWhole(entries, await rooms.Head());
        Lost = _registered.Except(await rooms.Users()).Count();
        foreach (var (letter, seq) in _acknowledged) IsThere(letter, seq, entries);
        if (Lost == 0) await SendAgain(rooms);
    }

    private void IsWhole(List<StoredEntry> entries, long head)
    {
        if (!entries.Select(entry => entry.Seq).SequenceEqual(Enumerable.Range(1, (int)head).Select(seq => (long)seq))) _wrong.Add($"The seqs are not 1 to {head}.");
        if (entries.Select(entry => entry.ClientMessageId).Distinct().Count() != entries.Count) _wrong.Add("A draft is stored twice.");
        if (entries.Zip(entries.Skip(1)).Any(pair => pair.First.SentAt > pair.Second.SentAt)) _wrong.Add("The times decrease.");
    }

    private void IsThere(Letter letter, long seq, List<StoredEntry> entries)
    {
        if (seq > entries.Count)
        {
            Lost++;
            return;
        }
        var entry = entries[(int)seq - 1];
        if (entry.ClientMessageId != letter.Id || entry.Author != letter.Author) _wrong.Add($"Another entry is at {seq}.");
        else if (letter.Message is { } message && !_perhapsDeleted.Contains(seq) && entry.Parts.Text != message.Text) _wrong.Add($"Another text is at {seq}.");
        else if (_deleted.TryGetValue(seq, out var deletion) && deletion <= entries.Count && !(entry.Deleted && entry.Parts.Text is null)) _wrong.Add($"The text that was deleted at {seq} is back.");
    }

    // What clients do: whatever was not answered is sent again, with the same id, and stored once.
    private async Task SendAgain(Rooms rooms)
    {
        Dictionary<ClientMessageId, long> places = _acknowledged.ToDictionary(line => line.Letter.Id, line => line.Seq);
        foreach (var letter in _sent.Where(letter => !places.ContainsKey(letter.Id)).ToList())
        {
            var answer = await rooms.Send(letter);
            if (answer.Ok) places[letter.Id] = answer.Value.Seq;
            else _wrong.Add($"What was sent again is refused: {answer.Refusal.Name}.");
        }
        var stored = (await rooms.Everything()).Select(entry => (entry.ClientMessageId!.Value, entry.Seq)).ToHashSet();
        if (!stored.SetEquals(places.Select(place => (place.Key, place.Value)))) _wrong.Add("Not everything that was sent is stored once, at the place answered.");
    }
}
