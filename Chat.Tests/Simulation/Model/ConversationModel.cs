using Chat.Contracts;

namespace Chat.Tests.Simulation.Model;

/// <summary>
/// A conference in as few words as possible: lists, and loops over them. Users are numbers; the first three begin it and 0 owns it. Each deed answers the
/// name of its refusal, or null.
/// </summary>
internal sealed class ConversationModel(bool isOpen)
{
    public const int Users = 5;

    private readonly List<Line> _lines = [new(0) { Kind = nameof(Started) }];
    private readonly SortedDictionary<int, (Role Role, long Joined)> _members = new() { [0] = (Role.Owner, 1), [1] = (Role.Member, 1), [2] = (Role.Member, 1) };
    private readonly HashSet<(int User, long Seq)> _readable = [(0, 1), (1, 1), (2, 1)];
    private readonly Dictionary<int, long> _marks = new() { [0] = 1, [1] = 1, [2] = 1 };

    public long Head => _lines.Count;

    public int MemberCount => _members.Count;

    public bool WasEverIn(int user) => _readable.Any(one => one.User == user);

    public Role? RoleOf(int user) => _members.TryGetValue(user, out var member) ? member.Role : null;

    public long MarkOf(int user) => _marks[user];

    /// <summary>Each seq up to the last that the user may read, as text: what is there, or a hole.</summary>
    public List<string> ReadBy(int user)
    {
        var last = _readable.Where(one => one.User == user).Max(one => one.Seq);
        return [.. Enumerable.Range(1, (int)last).Select(seq => Sees(user, seq) ? Shown(user, seq) : "hole").SkipWhile(text => text == "hole")];
    }

    public string? Send(int user, string text)
    {
        if (!IsIn(user)) return Refusal.NoSuchConversation.Name;
        Add(new(user) { Kind = nameof(Message), Text = text });
        Mark(user, Head);
        return null;
    }

    public string? Edit(int user, long seq, string text)
    {
        if (No(user, seq) is { } no) return no;
        if (At(seq).Author != user) return Refusal.Forbidden.Name;
        if (At(seq).Deleted) return Refusal.MessageDeleted.Name;
        Add(new(user) { Kind = nameof(Edited), Text = text, Target = seq });
        return null;
    }

    public string? Delete(int user, long seq)
    {
        if (No(user, seq) is { } no) return no;
        if (At(seq).Author != user && RoleOf(user) != Role.Owner) return Refusal.Forbidden.Name;
        if (At(seq).Deleted) return null;
        Add(new(user) { Kind = nameof(Deleted), Target = seq });
        foreach (var line in _lines.Where(line => line == At(seq) || (line.Target == seq && line.Kind == nameof(Edited)))) (line.Deleted, line.Text) = (true, null);
        return null;
    }

    public string? React(int user, long seq)
    {
        if (No(user, seq) is { } no) return no;
        if (At(seq).Deleted) return Refusal.MessageDeleted.Name;
        if (_lines.Exists(line => line.Kind == nameof(Reacted) && line.Target == seq && line.Author == user)) return null;
        Add(new(user) { Kind = nameof(Reacted), Target = seq });
        return null;
    }

    public string? MarkRead(int user, long seq)
    {
        if (!IsIn(user)) return Refusal.NoSuchConversation.Name;
        Mark(user, Math.Min(seq, Head));
        return null;
    }

    public string? Invite(int user, int guest, bool sharesHistory)
    {
        if (!IsIn(user)) return Refusal.NoSuchConversation.Name;
        if (sharesHistory && RoleOf(user) != Role.Owner) return Refusal.Forbidden.Name;
        if (IsIn(guest)) return null;
        var from = isOpen ? 1 : sharesHistory ? Unbroken(user) : Head + 1;
        Join(user, guest, from);
        return null;
    }

    public string? Join(int user)
    {
        if (IsIn(user)) return null;
        if (!isOpen || MemberCount == 0) return Refusal.NoSuchConversation.Name;
        Join(user, user, 1);
        return null;
    }

    public string? Leave(int user)
    {
        if (!WasEverIn(user)) return Refusal.NoSuchConversation.Name;
        if (!IsIn(user)) return null;
        if (RoleOf(user) == Role.Owner) HandOn(user);
        Add(new(user) { Kind = nameof(Left) });
        _members.Remove(user);
        return null;
    }

    public string? Remove(int user, int member)
    {
        if (NotOwner(user) is { } no) return no;
        if (!IsIn(member)) return Refusal.NotAMember.Name;
        if (member == user) return Refusal.Invalid.Name;
        Add(new(user) { Kind = nameof(Removed) });
        _members.Remove(member);
        return null;
    }

    public string? ChangeRole(int user, int member, Role role)
    {
        if (NotOwner(user) is { } no) return no;
        if (!IsIn(member)) return Refusal.NotAMember.Name;
        if (RoleOf(member) == role) return null;
        if (member == user && !HandOn(user)) return Refusal.Forbidden.Name;
        SetRole(user, member, role);
        return null;
    }

    private bool IsIn(int user) => _members.ContainsKey(user);

    private bool Sees(int user, long seq) => _readable.Contains((user, seq)) && (At(seq).Target is not { } target || _readable.Contains((user, target)));

    private Line At(long seq) => _lines[(int)seq - 1];

    private string? NotOwner(int user) => !IsIn(user) ? Refusal.NoSuchConversation.Name : RoleOf(user) != Role.Owner ? Refusal.Forbidden.Name : null;

    private string? No(int user, long seq)
    {
        if (!IsIn(user)) return Refusal.NoSuchConversation.Name;
        return seq > Head || !_readable.Contains((user, seq)) || At(seq).Kind != nameof(Message) ? Refusal.NoSuchMessage.Name : null;
    }

    // Whoever goes reads the entry that says so; whoever is in reads everything that comes.
    private void Add(Line line)
    {
        _lines.Add(line);
        foreach (var member in _members.Keys) _readable.Add((member, Head));
    }

    private void Join(int user, int guest, long from)
    {
        _members.Add(guest, (Role.Member, Head + 1));
        Add(new(user) { Kind = nameof(Joined) });
        for (var seq = from; seq <= Head; seq++) _readable.Add((guest, seq));
        Mark(guest, Head);
    }

    private long Unbroken(int user)
    {
        var from = Head + 1;
        while (_readable.Contains((user, from - 1))) from--;
        return from;
    }

    private bool HandOn(int owner)
    {
        var others = _members.Where(member => member.Key != owner).OrderBy(member => member.Value.Joined).ToList();
        if (others.Count == 0) return false;
        if (others.TrueForAll(other => other.Value.Role != Role.Owner)) SetRole(owner, others[0].Key, Role.Owner);
        return true;
    }

    private void SetRole(int user, int member, Role role)
    {
        Add(new(user) { Kind = nameof(RoleChanged) });
        _members[member] = _members[member] with { Role = role };
    }

    private void Mark(int user, long seq) => _marks[user] = Math.Max(seq, _marks.GetValueOrDefault(user));

    private string Shown(int user, long seq)
    {
        var line = At(seq);
        var amendments = _lines.Where((other, index) => other.Target == seq && Sees(user, index + 1)).ToList();
        var text = line.Deleted ? null : amendments.LastOrDefault(other => other.Kind == nameof(Edited))?.Text ?? line.Text;
        var reactions = line.Deleted ? 0 : amendments.Count(other => other.Kind == nameof(Reacted));
        return $"{line.Kind} by {line.Author}: {text} +{(line.Kind == nameof(Message) ? reactions : 0)}";
    }

    private sealed class Line(int author)
    {
        public int Author => author;
        public required string Kind { get; init; }
        public long? Target { get; init; }
        public string? Text { get; set; }
        public bool Deleted { get; set; }
    }
}
