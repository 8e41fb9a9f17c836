using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

/// <summary>What the rules are fed with, where its details do not matter.</summary>
internal static class Given
{
    public const string Epoch = "e1";
    public const string OtherEpoch = "e2";

    public static readonly ConversationId Plans = new("plans");
    public static readonly ConversationId Lunch = new("lunch");
    public static readonly Person Me = new(new("u-me"), "me", "Me");
    public static readonly Person Ann = new(new("u-ann"), "ann", "Ann");
    public static readonly Session Session = SessionOf(Epoch);

    public static Session SessionOf(string epoch) =>
        new("token", new("s1"), DateTimeOffset.MaxValue, new(Me.User, "me", "Me", Presence.Online, 1), null, 1, epoch);

    public static MessageDraft Draft(string id, ConversationId? conversation = null) =>
        new(new SendMessage { Conversation = conversation ?? Plans, ClientMessageId = new(id), Text = id });

    public static ReactDraft Reaction(string id) => new(new React { Conversation = Plans, Seq = 1, ClientMessageId = new(id), Emoji = "+" });

    public static Message Message(long seq, string id = "other", Person? author = null) =>
        new() { Seq = seq, Author = author ?? Ann, ClientMessageId = new(id), Text = id };

    public static EntryBatch Batch(long from, long to, string epoch = Epoch, ConversationId? conversation = null) =>
        new(conversation ?? Plans, epoch, from, to, [.. Enumerable.Range((int)from, (int)(to - from + 1)).Select(seq => Message(seq))], []);

    public static EntryBatch BatchOf(Entry entry) => new(Plans, Epoch, entry.Seq, entry.Seq, [entry], []);

    public static InboxBatch Inbox(long from, params InboxEntry[] entries) => new(Epoch, from, from + entries.Length - 1, entries);

    public static ConversationAdded Added(long seq, long joined, ConversationId? conversation = null) => new(conversation ?? Plans, joined, joined) { Seq = seq };

    public static Receipt Receipt(long seq) => new(Plans, seq, DateTimeOffset.UnixEpoch, false);

    public static ResyncResult Resynced(params Resynced[] conversations) => new(Epoch, conversations, null);

    public static IEnumerable<long> Seqs(this IEnumerable<Effect> effects) =>
        effects.OfType<Effect.Apply>().SelectMany(applied => applied.Batch.Entries, (_, entry) => entry.Seq);

    public static TEffect The<TEffect>(this IEnumerable<Effect> effects) where TEffect : Effect => effects.OfType<TEffect>().Single();
}
