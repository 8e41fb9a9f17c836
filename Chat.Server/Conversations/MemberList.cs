using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>Everybody in a conversation, page by page; for those who are in it.</summary>
internal sealed class MemberList(Database database, Memberships memberships, MemberReader members)
{
    public async Task<Answer<MemberPage>> Read(UserId caller, ListMembers request)
    {
        if (PageSize.Check(request.Limit, out var limit) is { } badLimit) return badLimit;
        var after = request.After is null ? "" : UserNames.Fold(request.After);
        if (after is null) return Refusal.Invalid.Of("after");

        return await database.Read<Answer<MemberPage>>(async sql =>
        {
            if (!await memberships.Has(sql, request.Conversation, caller)) return Refusal.NoSuchConversation;

            var rows = await MemberReader.PageOf(sql, request.Conversation, after, limit + 1);
            var member = await members.Look(sql, caller, rows);
            var items = rows.Take(limit).Select(member).ToList();
            var (count, online) = await members.Count(sql, request.Conversation, caller);
            return new MemberPage(items, rows.Count > limit ? items[^1].Person.UserName : null, count, online);
        });
    }
}
