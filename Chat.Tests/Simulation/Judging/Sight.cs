using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Simulation.Judging;

/// <summary>
/// Who is in a conversation, as what, and who may read which part, told from its entries alone. It is a second opinion: nothing of the server's
/// own reckoning is used.
/// </summary>
/// <param name="isLobby">Everybody is in it.</param>
/// <param name="isPrivate">Nobody owns it.</param>
internal sealed class Sight(bool isLobby, bool isPrivate = false)
{
    private readonly Dictionary<UserId, List<(long First, long Last)>> _readable = [];

    public Dictionary<UserId, Role> Roles { get; } = [];

    public string? Title { get; private set; }

    public bool WasEverIn(UserId user) => isLobby || _readable.ContainsKey(user);

    public bool IsIn(UserId user) => isLobby || Roles.ContainsKey(user);

    public bool Sees(UserId user, long seq) =>
        isLobby || (_readable.TryGetValue(user, out var stretches) && stretches.Exists(stretch => seq >= stretch.First && seq <= stretch.Last));

    public bool Sees(UserId user, StoredEntry entry) => Sees(user, entry.Seq) && (entry.Target is not { } target || Sees(user, target));

    /// <summary>The highest seq that the user may read.</summary>
    public long HeadFor(UserId user, long head) =>
        isLobby ? head : Math.Min(head, _readable.TryGetValue(user, out var stretches) ? stretches.Max(stretch => stretch.Last) : 0);

    public void Take(StoredEntry entry)
    {
        var parts = entry.Parts;
        switch (entry.Kind)
        {
            case EntryKind.Started:
                Title = parts.Title;
                foreach (var member in parts.Members!) Begin(member, member == entry.Author && !isPrivate ? Role.Owner : Role.Member, entry.Seq);
                break;
            case EntryKind.Joined:
                Begin(parts.Member!.Value, Role.Member, parts.FromSeq ?? entry.Seq);
                break;
            case EntryKind.Left:
                End(entry.Author, entry.Seq);
                break;
            case EntryKind.Removed:
                End(parts.Member!.Value, entry.Seq);
                break;
            case EntryKind.RoleChanged:
                Roles[parts.Member!.Value] = parts.Role!.Value;
                break;
            case EntryKind.Renamed:
                Title = parts.Title;
                break;
        }
    }

    private void Begin(UserId user, Role role, long first)
    {
        Roles.Add(user, role);
        if (!_readable.TryGetValue(user, out var stretches)) _readable.Add(user, stretches = []);
        stretches.Add((first, long.MaxValue));
    }

    private void End(UserId user, long seq)
    {
        Roles.Remove(user);
        var stretches = _readable[user];
        stretches[^1] = stretches[^1] with { Last = seq };
    }
}
