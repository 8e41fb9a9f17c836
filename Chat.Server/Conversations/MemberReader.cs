using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>Members as one of them may see them: of users who blocked the viewer neither presence nor how far they have read.</summary>
internal sealed class MemberReader(People people, Sight sight, PresenceBoard board)
{
    /// <summary>The first to have joined, the viewer among them.</summary>
    public static async Task<List<MemberRow>> FirstOf(Sql sql, ConversationId conversation, UserId viewer, int most)
    {
        var first = conversation == Lobby.Id
            ? await sql.Query(MemberRow.FirstOfLobby, MemberRow.From, ("most", most))
            : await sql.Query(MemberRow.First, MemberRow.From, ("conversation", conversation), ("most", most));
        if (first.Count < most || first.Any(member => member.User == viewer)) return first;

        var own = conversation == Lobby.Id
            ? await sql.One(MemberRow.OwnOfLobby, MemberRow.From, ("me", viewer))
            : await sql.One(MemberRow.Own, MemberRow.From, ("me", viewer), ("conversation", conversation));
        return [.. first.Take(most - 1), own!];
    }

    /// <summary>In order of user names, behind <paramref name="after"/>.</summary>
    public static Task<List<MemberRow>> PageOf(Sql sql, ConversationId conversation, string after, int most) =>
        conversation == Lobby.Id
            ? sql.Query(MemberRow.PageOfLobby, MemberRow.From, ("after", after), ("most", most))
            : sql.Query(MemberRow.Page, MemberRow.From, ("conversation", conversation), ("after", after), ("most", most));

    /// <summary>How many there are and how many are here, as far as the viewer may know. Of the Lobby nobody is asked for by name.</summary>
    public async Task<(int Members, int Online)> Count(Sql sql, ConversationId conversation, UserId viewer)
    {
        var blockers = await Blocks.BlockersOf(sql, viewer);
        if (conversation == Lobby.Id) return (await sql.One(MemberRow.CountOfLobby, row => (int)row.GetInt64(0)), board.OnlineCount() - board.OnlineCount(blockers));

        var members = await sql.Query(MemberRow.All, row => new UserId(row.GetString(0)), ("conversation", conversation));
        return (members.Count, board.OnlineCount(members.Except(blockers)));
    }

    /// <summary>Rows of any conversations at once; the answer makes a member of any of those.</summary>
    public async Task<Func<MemberRow, Member>> Look(Sql sql, UserId viewer, IEnumerable<MemberRow> rows)
    {
        var users = rows.Select(row => row.User).Distinct().ToList();
        var person = await people.Of(sql, users);
        var seen = await sight.Of(sql, viewer, users);
        var blockers = (await Blocks.BlockersOf(sql, viewer)).ToHashSet();
        return row => new(
            person(row.User), row.Role, seen(row.User).Presence, blockers.Contains(row.User) ? null : row.ReadSeq, seen(row.User).LastSeen);
    }
}
