using Chat.Cli.Names;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.FullScreen;

/// <summary>One conversation as it is shown: what is known of its transcript, and what one is about to say.</summary>
internal sealed class Talk(ChatConversation conversation, Conversation details, string me)
{
    private static readonly TimeSpan TypingIsShown = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<long, Entry> _entries = [];
    private readonly List<(long After, string Text)> _notes = [];
    private readonly Dictionary<string, DateTimeOffset> _typing = [];

    // Of those that are pending still: their entries are yet to be told.
    private readonly HashSet<ClientMessageId> _stored = [];

    public ChatConversation Conversation => conversation;
    public ConversationId Id => conversation.Id;
    public Conversation Details { get; private set; } = details;
    public string Title => ConversationName.Title(Details, me);
    public string Target => ConversationName.Target(Details, me);
    public int Unread { get; set; } = details.Unread;
    public DateTimeOffset LastActivityAt { get; private set; } = details.LastActivityAt;

    /// <summary>Messages on their way to the server.</summary>
    public List<(ClientMessageId Id, string Text)> Pending { get; } = [];

    /// <summary>What was typed and not sent before another conversation was looked at.</summary>
    public string Draft { get; set; } = "";

    /// <summary>Rows between the newest and the lowest that is shown.</summary>
    public int Scroll { get; set; }

    public bool IsLoading { get; set; }
    public bool IsLoaded { get; private set; }
    public long MarkedRead { get; set; } = details.ReadSeq;

    public long? Oldest => _entries.Count == 0 ? null : _entries.Keys.First();
    public long Newest => _entries.Count == 0 ? 0 : _entries.Keys.Last();

    /// <summary>Whether something readable may lie before what is held.</summary>
    public bool HasMore => !IsLoaded || Oldest > Details.FirstSeq;

    public IEnumerable<string> Typing => _typing.Where(one => DateTimeOffset.UtcNow - one.Value < TypingIsShown).Select(one => one.Key);

    /// <summary>Whether whom a private chat is with is here; null in conferences.</summary>
    public Presence? Presence => Details.Kind != ConversationKind.PrivateChat ? null
        : Details.Members.FirstOrDefault(member => member.Person.UserName != me)?.Presence;

    /// <summary>What is shown, oldest first: entries, and notes in between.</summary>
    public IEnumerable<(Entry? Entry, string? Note)> Items
    {
        get
        {
            foreach (var note in _notes.Where(note => note.After < (Oldest ?? long.MaxValue))) yield return (null, note.Text);
            foreach (var (seq, entry) in _entries)
            {
                if (entry is not Amendment) yield return (entry, null);
                foreach (var note in _notes.Where(note => note.After == seq)) yield return (null, note.Text);
            }
        }
    }

    public void Refresh(Conversation now) => (Details, Unread) = (now, now.Unread);

    /// <summary>
    /// Its history is another one: nothing that was read of it means anything there. What is on its way still is; what was stored is told, in a page
    /// or by itself, or it was in the other history and never is.
    /// </summary>
    public void BeginAnew(Conversation now)
    {
        _entries.Clear();
        _notes.Clear();
        Pending.RemoveAll(pending => _stored.Contains(pending.Id));
        _stored.Clear();
        Refresh(now);
        (LastActivityAt, MarkedRead, IsLoaded, Scroll) = (now.LastActivityAt, now.ReadSeq, false, 0);
    }

    /// <summary>It is stored, and shown as pending until its entry is told.</summary>
    public void Store(ClientMessageId id)
    {
        if (Pending.Exists(pending => pending.Id == id)) _stored.Add(id);
    }

    /// <summary>Says something to the user alone, below what was said so far.</summary>
    public void Note(string text)
    {
        _notes.Add((Newest, text));
        Scroll = 0;
    }

    public void Types(string userName) => _typing[userName] = DateTimeOffset.UtcNow;

    public void See(PresenceNotice notice) => Details = Details with
    {
        Members = [.. Details.Members.Select(member => member.Person.User == notice.Person.User ? member with { Presence = notice.Presence } : member)]
    };

    /// <summary>It was said just now.</summary>
    public void Hear(Entry entry)
    {
        Arrive(entry);
        if (!_entries.TryAdd(entry.Seq, entry)) return;
        LastActivityAt = entry.SentAt; // as the server orders its list: by whatever was said last
        _typing.Remove(entry.Author.UserName);
        if (entry is Amendment amendment) Amend(amendment);
    }

    /// <summary>It was read back; what was said meanwhile of the messages in it holds for them too.</summary>
    public void Load(TranscriptPage page)
    {
        IsLoaded = true;
        foreach (var entry in page.Entries)
        {
            Arrive(entry);
            _entries.TryAdd(entry.Seq, entry);
        }
        foreach (var amendment in _entries.Values.OfType<Amendment>().Where(amendment => amendment.Target >= page.From && amendment.Target <= page.To && amendment.Seq > page.To).ToList()) Amend(amendment);
    }

    // Whatever place it has, it is on its way no longer.
    private void Arrive(Entry entry)
    {
        if (entry is not Message message) return;
        Pending.RemoveAll(pending => pending.Id == message.ClientMessageId);
        _stored.Remove(message.ClientMessageId);
    }

    private void Amend(Amendment amendment)
    {
        if (!_entries.TryGetValue(amendment.Target, out var target) || target is not Message message) return;
        _entries[amendment.Target] = amendment switch
        {
            Edited edited => message with { Text = edited.Text, EditedAt = edited.SentAt },
            Deleted => message with { Text = null, Deleted = true, Reactions = null },
            Reacted reacted => message with { Reactions = [.. With(message.Reactions ?? [], reacted.Emoji, reacted.Author)] },
            Unreacted unreacted => message with { Reactions = [.. Without(message.Reactions ?? [], unreacted.Emoji, unreacted.Author)] },
            _ => message,
        };
    }

    private static List<Reaction> With(IReadOnlyList<Reaction> reactions, string emoji, Person person)
    {
        var without = Without(reactions, emoji, person).ToList();
        var place = without.FindIndex(reaction => reaction.Emoji == emoji);
        if (place < 0) return [.. without, new Reaction(emoji, [person])];
        without[place] = without[place] with { By = [.. without[place].By, person] };
        return without;
    }

    private static IEnumerable<Reaction> Without(IReadOnlyList<Reaction> reactions, string emoji, Person person) =>
        from reaction in reactions
        let left = reaction.Emoji != emoji ? reaction : reaction with { By = [.. reaction.By.Where(one => one.User != person.User)] }
        where left.By.Count > 0
        select left;
}
