using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>Everybody in a conversation, page by page; for those who are in it.</summary>
internal sealed class MemberList(Database database, Memberships memberships, MemberReader members)
{
    public async Task<Answer<MemberPage>> Read(UserId caller, ListMembers request)
    {
        if (PageSize.Check(request.Limit, out var limit) is { } badLimit) return badLimit;
        var after = ConferenceNames.Fold(request.After ?? "");
        if (after.Length == 0 && request.After is not null) return Refusal.Invalid.Of("after");

        return await database.Read<Answer<MemberPage>>(async sql =>
        {
            if (!await memberships.Has(sql, request.Conversation, caller)) return Refusal.NoSuchConversation;

            var rows = await MemberReader.PageOf(sql, request.Conversation, caller, after, limit + 1);
            var items = await members.ToWire(sql, [.. rows.Take(limit)]);
            var (count, online) = await members.Count(sql, request.Conversation, caller);
            return new MemberPage(items, rows.Count > limit ? items[^1].Person.UserName : null, count, online);
        });
    }
}
