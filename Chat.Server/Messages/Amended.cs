using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>
/// What amendments have made of one message, folded in their order. It is the fold that a client does with live entries, so that a message
/// read back equals the one that was followed.
/// </summary>
internal sealed class Amended
{
    private readonly List<(string Emoji, List<UserId> By)> _reactions = [];

    /// <summary>The text of the last edit; null where there is none.</summary>
    public string? Text { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    public int Edits { get; private set; }

    /// <summary>Emoji in order of their first reaction, people in order of theirs.</summary>
    public IReadOnlyList<(string Emoji, List<UserId> By)> Reactions => _reactions;

    public IEnumerable<UserId> People => _reactions.SelectMany(reaction => reaction.By);

    public static Amended By(IEnumerable<StoredEntry> amendments)
    {
        Amended amended = new();
        foreach (var amendment in amendments) amended.Add(amendment);
        return amended;
    }

    public Message Of(Message message, Func<UserId, Person> person) => message with
    {
        Text = Text ?? message.Text,
        EditedAt = EditedAt,
        Reactions = _reactions.Count == 0 ? null : [.. _reactions.Select(reaction => new Reaction(reaction.Emoji, [.. reaction.By.Select(person)]))],
    };

    private void Add(StoredEntry amendment)
    {
        switch (amendment.Kind)
        {
            case EntryKind.Edited:
                (Text, EditedAt, Edits) = (amendment.Parts.Text, amendment.SentAt, Edits + 1);
                break;
            case EntryKind.Reacted:
                React(amendment.Parts.Emoji!, amendment.Author);
                break;
            case EntryKind.Unreacted:
                Unreact(amendment.Parts.Emoji!, amendment.Author);
                break;
        }
    }

    // A reader with a hole may see somebody react twice and not what was between, or the other way round.
    private void React(string emoji, UserId by)
    {
        var at = _reactions.FindIndex(reaction => reaction.Emoji == emoji);
        if (at < 0) _reactions.Add((emoji, [by]));
        else if (!_reactions[at].By.Contains(by)) _reactions[at].By.Add(by);
    }

    private void Unreact(string emoji, UserId by)
    {
        var at = _reactions.FindIndex(reaction => reaction.Emoji == emoji);
        if (at >= 0 && _reactions[at].By.Remove(by) && _reactions[at].By.Count == 0) _reactions.RemoveAt(at);
    }
}
