using Chat.Contracts;
using Chat.Server.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Server.Users;

/// <summary>Finds users by name. Who is deactivated, or has blocked the one who looks, is not found.</summary>
internal sealed class UserDirectory(Database database, ProfileReader profiles, IOptions<UsersOptions> options)
{
    private const string Findable = "deactivated_at IS NULL AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = chat_user.id AND b.blocked_id = @me)";

    public Task<Answer<Profile>> Find(UserId caller, FindUser request) => Find(caller, request.UserName);

    public Task<Answer<Profile>> Get(UserId caller, GetProfile request) => Find(caller, request.UserName);

    /// <summary>In order of user names, each page after the last name of the one before: who registers meanwhile moves nobody.</summary>
    public async Task<Answer<ProfilePage>> Search(UserId caller, SearchUsers request)
    {
        if (request.Limit is < 1 or > Limits.PageOfUsers) return Refusal.Invalid.Of("limit");
        if (request.After is { } after && UserNames.Fold(after) is null) return Refusal.Invalid.Of("after");
        if (request.Text.Length > 4 * Limits.DisplayNameLength) return Refusal.TooLarge.Of("text");
        if (!NameRules.IsWellFormed(request.Text) || request.Text.Any(char.IsControl)) return Refusal.Invalid.Of("text");
        var text = SearchWords.Fold(request.Text);
        if (text.EnumerateRunes().Count() < Limits.SearchMinLength) return Refusal.Invalid.Of("text").Because("A search needs at least two letters.");

        var limit = request.Limit ?? Limits.PageOfUsers;
        return await database.Read(async sql =>
        {
            var rows = options.Value.SearchByBeginning
                ? await Beginning(sql, caller, text, request.After ?? "", limit + 1)
                : await Named(sql, caller, text) is { } row ? [row] : [];
            var page = await profiles.For(sql, caller, rows.Count > limit ? rows[..limit] : rows);
            return new ProfilePage(page, rows.Count > limit ? page[^1].UserName : null);
        });
    }

    private async Task<Answer<Profile>> Find(UserId caller, string userName)
    {
        if (UserNames.Fold(userName) is not { } folded) return Refusal.NoSuchUser;

        return await database.Read<Answer<Profile>>(async sql =>
            await Named(sql, caller, folded) is { } row ? (await profiles.For(sql, caller, [row]))[0] : Refusal.NoSuchUser);
    }

    private static Task<UserRow?> Named(Sql sql, UserId caller, string userName) =>
        sql.One($"SELECT {UserRow.Columns} FROM chat_user WHERE user_name = @userName AND {Findable}", UserRow.From, ("userName", userName), ("me", caller));

    // A range and not a pattern: whatever the text holds is text, and the index is used.
    private static Task<List<UserRow>> Beginning(Sql sql, UserId caller, string text, string after, int limit)
    {
        var (from, to) = SearchWords.Range(text);
        return sql.Query($"""
            SELECT {UserRow.Columns} FROM chat_user
            WHERE id IN (SELECT user_id FROM search_word WHERE word >= @from AND word < @to) AND user_name > @after AND {Findable}
            ORDER BY user_name LIMIT @limit
            """, UserRow.From, ("from", from), ("to", to), ("after", after), ("me", caller), ("limit", limit));
    }
}
