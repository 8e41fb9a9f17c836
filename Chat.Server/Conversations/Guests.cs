using System.Text.Json;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>Whom a list of user names brings in, and what is answered for each name.</summary>
internal sealed record Guests(IReadOnlyList<Invited> Results, IReadOnlyList<UserId> Added)
{
    /// <summary>Before anything is looked up.</summary>
    public static Refusal? Check(IReadOnlyList<string> names, string field)
    {
        if (names.Count > Limits.InvitedPerCall) return Refusal.TooLarge.Of(field).Because($"At most {Limits.InvitedPerCall} people at a time.");
        if (names.Any(name => name is null)) return Refusal.Invalid.Of(field);
        return null;
    }

    /// <param name="conversation">Whose members are in already; null for a conference that is about to begin.</param>
    public static async Task<Guests> Of(Sql sql, UserId host, IReadOnlyList<string> names, ConversationId? conversation)
    {
        var folded = names.Select(UserNames.Fold).ToList();
        var known = await Known(sql, folded);
        var ids = JsonSerializer.Serialize(known.Values.Select(user => user.Value));
        var members = conversation is { } existing ? await Members(sql, existing, ids) : [];
        HashSet<UserId> blocked = [.. await Blocks.BlockedBy(sql, host), .. await Blocks.BlockersOf(sql, host)];

        HashSet<string> seen = [];
        List<Invited> results = [];
        List<UserId> added = [];
        foreach (var (asked, name) in names.Zip(folded))
        {
            UserId user = default;
            var found = name is not null && known.TryGetValue(name, out user);
            var result = Judge(found, user, again: name is not null && !seen.Add(name));
            if (result == InviteResult.Added) added.Add(user);
            results.Add(new(asked, result));
        }
        return new(results, added);

        InviteResult Judge(bool found, UserId user, bool again) =>
            again ? InviteResult.Duplicate
            : !found ? InviteResult.Unknown
            : user == host ? InviteResult.Self
            : members.Contains(user) ? InviteResult.AlreadyMember
            : blocked.Contains(user) ? InviteResult.Unavailable
            : InviteResult.Added;
    }

    private static async Task<Dictionary<string, UserId>> Known(Sql sql, IEnumerable<string?> names) =>
        (await sql.Query($"SELECT user_name, id FROM chat_user WHERE deactivated_at IS NULL AND {sql.Among("user_name", "@names")}",
            row => (row.GetString(0), new UserId(row.GetString(1))), ("names", JsonSerializer.Serialize(names.OfType<string>().Distinct())))).ToDictionary();

    private static async Task<HashSet<UserId>> Members(Sql sql, ConversationId conversation, string ids) =>
        [.. await sql.Query($"SELECT user_id FROM membership WHERE conversation_id = @conversation AND left_seq IS NULL AND {sql.Among("user_id", "@ids")}",
            row => new UserId(row.GetString(0)), ("conversation", conversation), ("ids", ids))];
}
