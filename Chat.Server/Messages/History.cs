using System.Text;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>
/// Reads a transcript back, page by page, for whoever is or was a member. A message carries its current text and its reactions, as far as the
/// reader may see the entries that made them.
/// </summary>
internal sealed class History(Database database, Memberships memberships, EntryReader reader, People people)
{
    private const int UsualLimit = 50;

    // A page that a slow line cannot carry within the time for one write would be cut off, and asked for again without end.
    private const int BytesOfPage = 256 * 1024;
    private const int BytesOfPerson = 80;

    public async Task<Answer<TranscriptPage>> Read(UserId caller, ReadTranscript request)
    {
        if (request is { Before: not null, After: not null }) return Refusal.Invalid.Of("after").Because("Either before or after, not both.");
        if (request.Before < 1) return Refusal.Invalid.Of("before");
        if (request.After < 0) return Refusal.Invalid.Of("after");
        if (request.Limit is < 1 or > Limits.PageOfEntries) return Refusal.Invalid.Of("limit");

        return await database.Read<Answer<TranscriptPage>>(async sql =>
            await memberships.Of(sql, request.Conversation, caller) is { } visible
                ? await Page(sql, visible, request)
                : Refusal.NoSuchConversation);
    }

    private async Task<TranscriptPage> Page(Sql sql, Visibility visible, ReadTranscript request)
    {
        var head = visible.HeadOf(await Transcript.Head(sql, request.Conversation));
        var (from, to, stretches) = Cut(Stretch.Of(visible, head), head, request);

        List<StoredEntry> entries = [];
        List<StoredEntry> amendments = [];
        foreach (var stretch in stretches)
        {
            entries.AddRange((await Transcript.Read(sql, request.Conversation, stretch.First, stretch.Last)).Where(visible.Sees));
            var edits = (await Transcript.Edits(sql, request.Conversation, stretch.First, stretch.Last)).Where(edit => visible.Sees(edit.Seq));
            var latest = edits.GroupBy(edit => edit.Target).Select(ofOne => ofOne.Last().Seq);
            amendments.AddRange((await Transcript.Amendments(sql, request.Conversation, stretch.First, stretch.Last, latest)).Where(visible.Sees));
        }
        var shown = await Folded(sql, entries, amendments);
        var isUpwards = request.After is not null;
        if (Fitting(isUpwards ? shown : Enumerable.Reverse(shown)) is var fitting && fitting < shown.Count)
        {
            shown = isUpwards ? shown[..fitting] : shown[^fitting..];
            (from, to) = isUpwards ? (from, shown[^1].Seq) : (shown[0].Seq, to);
        }
        var holes = Visibility.HolesBetween(from, to, shown.Select(entry => entry.Seq));
        return new(request.Conversation, database.Epoch, from, to, shown, holes, head);
    }

    private static (long From, long To, List<Stretch> Stretches) Cut(List<Stretch> readable, long head, ReadTranscript request)
    {
        var limit = request.Limit ?? UsualLimit;
        if (request.After is { } after)
        {
            var from = Math.Min(after, head) + 1;
            var above = Stretch.Up(readable, from, limit);
            return (from, above.Count == 0 ? from - 1 : above[^1].Last, above);
        }
        var to = Math.Min(request.Before - 1 ?? head, head);
        var below = Stretch.Down(readable, to, limit);
        return (below.Count == 0 ? to + 1 : below[0].First, to, below);
    }

    private async Task<List<Entry>> Folded(Sql sql, List<StoredEntry> entries, List<StoredEntry> amendments)
    {
        var amended = amendments.GroupBy(amendment => amendment.Target!.Value).ToDictionary(group => group.Key, Amended.By);
        var person = await people.Of(sql, amended.Values.SelectMany(one => one.People));
        return [.. (await reader.ToWire(sql, entries)).Select(entry =>
            entry is Message { Deleted: null } message && amended.TryGetValue(message.Seq, out var change) ? change.Of(message, person) : entry)];
    }

    // How many of these make a page: as many as fit, and at least one.
    private static int Fitting(IEnumerable<Entry> nearestFirst)
    {
        var (count, bytes) = (0, 0);
        foreach (var entry in nearestFirst)
        {
            bytes += Bytes(entry);
            if (count > 0 && bytes > BytesOfPage) break;
            count++;
        }
        return count;
    }

    private static int Bytes(Entry entry) => entry switch
    {
        Message message => Encoding.UTF8.GetByteCount(message.Text ?? "") + (BytesOfPerson * (message.Reactions?.Sum(reaction => reaction.By.Count) ?? 0)),
        Edited edited => Encoding.UTF8.GetByteCount(edited.Text ?? ""),
        _ => 0,
    };
}
