using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>Whether a user is here, as others may see it.</summary>
internal delegate Presence PresenceOf(UserId user);

/// <summary>Members as one of them may see them: of users who blocked the viewer neither presence nor how far they have read.</summary>
internal sealed class MemberReader(People people, PresenceOf presenceOf)
{
    /// <summary>The first to have joined, the viewer among them.</summary>
    public static async Task<List<MemberRow>> FirstOf(Sql sql, ConversationId conversation, UserId viewer, int most)
    {
        var first = conversation == Lobby.Id
            ? await sql.Query(MemberRow.FirstOfLobby, MemberRow.From, ("me", viewer), ("most", most))
            : await sql.Query(MemberRow.First, MemberRow.From, ("me", viewer), ("conversation", conversation), ("most", most));
        if (first.Count < most || first.Any(member => member.User == viewer)) return first;

        var own = conversation == Lobby.Id
            ? await sql.One(MemberRow.OwnOfLobby, MemberRow.From, ("me", viewer))
            : await sql.One(MemberRow.Own, MemberRow.From, ("me", viewer), ("conversation", conversation));
        return [.. first.Take(most - 1), own!];
    }

    /// <summary>In order of user names, behind <paramref name="after"/>.</summary>
    public static Task<List<MemberRow>> PageOf(Sql sql, ConversationId conversation, UserId viewer, string after, int most) =>
        conversation == Lobby.Id
            ? sql.Query(MemberRow.PageOfLobby, MemberRow.From, ("me", viewer), ("after", after), ("most", most))
            : sql.Query(MemberRow.Page, MemberRow.From, ("me", viewer), ("conversation", conversation), ("after", after), ("most", most));

    /// <summary>How many are here, as far as the viewer may know.</summary>
    public async Task<(int Members, int Online)> Count(Sql sql, ConversationId conversation, UserId viewer)
    {
        var members = conversation == Lobby.Id
            ? await sql.Query(MemberRow.AllOfLobby, MemberRow.Shown, ("me", viewer))
            : await sql.Query(MemberRow.All, MemberRow.Shown, ("me", viewer), ("conversation", conversation));
        return (members.Count, members.Count(member => member.Shown && presenceOf(member.User) != Presence.Offline));
    }

    public async Task<List<Member>> ToWire(Sql sql, IReadOnlyList<MemberRow> rows)
    {
        var person = await people.Of(sql, rows.Select(row => row.User));
        return [.. rows.Select(row => ToWire(row, person(row.User)))];
    }

    private Member ToWire(MemberRow row, Person person)
    {
        if (row.BlocksViewer) return new(person, row.Role, Presence.Offline, ReadSeq: null, LastSeen: null);
        var presence = presenceOf(row.User);
        return new(person, row.Role, presence, row.ReadSeq, presence == Presence.Offline ? row.LastSeen : null);
    }
}
