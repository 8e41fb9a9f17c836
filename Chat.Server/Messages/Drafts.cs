using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>
/// What makes sending repeatable: a draft is stored once, however often it arrives and on whatever node, and every try is answered with
/// the same place.
/// </summary>
internal static class Drafts
{
    public static Refusal? Check(ClientMessageId id) => RepeatableId.Check(id, "clientMessageId", "A client message id");

    /// <summary>The id of a request with a fingerprint of all that it says, what is asked for included.</summary>
    public static DraftId Of<T>(ClientMessageId id, T request, JsonTypeInfo<T> shape) =>
        new(id, Convert.ToBase64String(SHA256.HashData([.. Encoding.UTF8.GetBytes(typeof(T).Name), .. JsonSerializer.SerializeToUtf8Bytes(request, shape)])));

    /// <summary>Writes what the draft asks for, or answers what an earlier try of it stored.</summary>
    /// <param name="database">Where.</param>
    /// <param name="author">Whose draft it is.</param>
    /// <param name="draft">Its id, and what it says.</param>
    /// <param name="write">What the draft asks for.</param>
    /// <param name="again">What else is to be done where it was stored before.</param>
    public static async Task<Answer<Receipt>> WriteOnce(
        this Database database, UserId author, DraftId draft, Func<Sql, Task<Answer<Receipt>>> write, Action<Sql, StoredEntry>? again = null)
    {
        try
        {
            return await database.Write(Once);
        }
        catch (DbException)
        {
            // The same draft may be written on another node at the same moment; the unique index lets one of them in,
            // and the other finds it when it looks again. Anything else that failed fails again.
            return await database.Write(Once);
        }

        async Task<Answer<Receipt>> Once(Sql sql) => await Earlier(sql, author, draft, again) ?? await write(sql);
    }

    /// <summary>
    /// As <see cref="WriteOnce"/>, for what changes nothing before it adds the draft's entry, and answers null where that was there already: an earlier
    /// try is looked for only where nothing was added, which spares nearly every send a query.
    /// </summary>
    public static Task<Answer<Receipt>> AddOnce(this Database database, UserId author, DraftId draft, Func<Sql, Task<Answer<Receipt>?>> add) =>
        database.Write(async sql =>
        {
            var answer = await add(sql);
            if (answer is not { Ok: true }) answer = await Earlier(sql, author, draft, again: null) ?? answer;
            return answer ?? throw new InvalidOperationException($"Nothing was added, and nothing was there: {draft.Id}.");
        });

    public static Receipt Receipt(this StoredEntry entry, bool repeated = false) => new(new(entry.Transcript.Value), entry.Seq, entry.SentAt, repeated);

    // A deleted message has lost its fingerprint with its text, so its id alone answers.
    private static async Task<Answer<Receipt>?> Earlier(Sql sql, UserId author, DraftId draft, Action<Sql, StoredEntry>? again)
    {
        if (await Transcript.Find(sql, author, draft.Id) is not { } found) return null;
        if (found.Fingerprint is not null && found.Fingerprint != draft.Fingerprint) return Refusal.ClientMessageIdReused;

        again?.Invoke(sql, found.Entry);
        return found.Entry.Receipt(repeated: true);
    }
}
