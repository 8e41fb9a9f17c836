using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Transcripts;

/// <summary>Stored entries as they travel: people named as they are called now, the rest as it was appended.</summary>
internal sealed class EntryReader(People people)
{
    public async Task<List<Entry>> ToWire(Sql sql, IReadOnlyList<StoredEntry> entries)
    {
        var parts = Parts(entries);
        return ToWire(entries, parts, await people.Of(sql, PeopleIn(entries, parts)));
    }

    /// <summary>Without asking the database; null where it would have to be asked for a name.</summary>
    public List<Entry>? ToWireIfKnown(IReadOnlyList<StoredEntry> entries)
    {
        var parts = Parts(entries);
        return people.Known(PeopleIn(entries, parts)) is { } person ? ToWire(entries, parts, person) : null;
    }

    private static List<EntryBody> Parts(IReadOnlyList<StoredEntry> entries) => [.. entries.Select(entry => entry.Parts)];

    private static IEnumerable<UserId> PeopleIn(IReadOnlyList<StoredEntry> entries, List<EntryBody> parts) =>
        entries.Select(entry => entry.Author).Concat(parts.SelectMany(part => part.People));

    private static List<Entry> ToWire(IReadOnlyList<StoredEntry> entries, List<EntryBody> parts, Func<UserId, Person> person) =>
        [.. entries.Zip(parts, (entry, part) => ToWire(entry, part, person))];

    private static Entry ToWire(StoredEntry entry, EntryBody body, Func<UserId, Person> person) =>
        Shape(entry, body, person) with { Seq = entry.Seq, SentAt = entry.SentAt, Author = person(entry.Author) };

    private static Entry Shape(StoredEntry entry, EntryBody body, Func<UserId, Person> person) => entry.Kind switch
    {
        EntryKind.Message => new Message
        {
            ClientMessageId = entry.ClientMessageId!.Value,
            Text = body.Text,
            ReplyTo = body.ReplyTo,
            Mentions = body.Mentions?.Select(person).ToList(),
            Deleted = entry.Deleted ? true : null,
        },
        EntryKind.Edited => new Edited { ClientMessageId = entry.ClientMessageId!.Value, Target = entry.Target!.Value, Text = body.Text },
        EntryKind.Deleted => new Deleted { ClientMessageId = entry.ClientMessageId!.Value, Target = entry.Target!.Value },
        EntryKind.Reacted => new Reacted { ClientMessageId = entry.ClientMessageId!.Value, Target = entry.Target!.Value, Emoji = body.Emoji! },
        EntryKind.Unreacted => new Unreacted { ClientMessageId = entry.ClientMessageId!.Value, Target = entry.Target!.Value, Emoji = body.Emoji! },
        EntryKind.Started => new Started
        {
            Members = [.. (body.Members ?? []).Select(person)],
            Title = body.Title,
            Name = body.Name,
            ContinuedFrom = body.ContinuedFrom,
        },
        EntryKind.Joined => new Joined { Member = person(body.Member!.Value), FromSeq = body.FromSeq },
        EntryKind.Left => new Left(),
        EntryKind.Removed => new Removed { Member = person(body.Member!.Value) },
        EntryKind.RoleChanged => new RoleChanged { Member = person(body.Member!.Value), Role = body.Role!.Value },
        EntryKind.Renamed => new Renamed { Title = body.Title },
        _ => new Entry(),
    };
}
